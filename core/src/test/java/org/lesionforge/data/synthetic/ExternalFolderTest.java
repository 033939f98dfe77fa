package org.lesionforge.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** Images of other generators: where they are looked for, what they look like, what is refused. */
final class ExternalFolderTest {
    @TempDir
    Path folder;

    private Dataset dataset;
    private Path theirs;

    @BeforeEach
    void prepare() throws IOException {
        dataset = SmallDataset.prepare(
                folder.resolve("real"),
                List.of(
                        "b1,benign,g1,train",
                        "b2,benign,g2,train",
                        "m1,malignant,g3,train",
                        "m2,malignant,g4,test",
                        "b3,benign,g5,test"));
        theirs = folder.resolve("theirs");
    }

    private static byte[] image(Path file, int width, int height, int seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] pixels = new byte[3 * width * height];
        new SplittableRandom(seed).nextBytes(pixels);
        for (int i = 0; i < width * height; i++) {
            int rgb = (pixels[3 * i] & 0xFF) << 16 | (pixels[3 * i + 1] & 0xFF) << 8 | (pixels[3 * i + 2] & 0xFF);
            image.setRGB(i % width, i / width, rgb);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return pixels;
    }

    private ExternalFolder open(Path of) {
        return ExternalFolder.open("foo", of, "malignant", dataset, Progress.SILENT);
    }

    private void refuses(Path of, String... words) {
        String message =
                assertThrows(UnusableInputException.class, () -> open(of)).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), "'" + word + "' is not in: " + message);
        }
    }

    @Test
    void imagesLieInTheFolderOrInOneNamedAfterTheirClass() throws IOException {
        byte[] pixels = image(theirs.resolve("b.png"), 16, 16, 1);
        image(theirs.resolve("a.png"), 16, 16, 2);
        ExternalFolder direct = open(theirs);
        assertEquals(2, direct.size());
        assertEquals("malignant", direct.className());
        assertEquals("synthetic-external-foo/a.png", direct.id(0));
        assertEquals("synthetic-external-foo/b.png", direct.id(1));
        byte[] read = new byte[5 + 3 * 256];
        direct.read(1, 16, read, 5);
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(pixels[i], read[5 + i], "byte " + i);
        }
        assertEquals("synthetic-external-foo/b.png", direct.only(new int[] {1}).id(0));

        Path byClass = folder.resolve("by-class");
        image(byClass.resolve("Malignant/deeper/c.png"), 16, 16, 3);
        image(byClass.resolve("benign/d.png"), 16, 16, 4);
        ExternalFolder inside = open(byClass);
        assertEquals(1, inside.size());
        assertEquals("synthetic-external-foo/deeper/c.png", inside.id(0));
        refuses(byClass.resolve("benign"), "class 'benign'", "class 'malignant'");
        Path odd = folder.resolve("odd");
        image(odd.resolve("stuff/e.png"), 16, 16, 5);
        refuses(odd, "'malignant'", "[stuff]");
    }

    @Test
    void oblongImagesAreCroppedAsTheDataSetsOwn() throws IOException {
        byte[] wide = image(theirs.resolve("wide.png"), 32, 16, 6);
        byte[] expected = new byte[3 * 256];
        for (int y = 0; y < 16; y++) {
            System.arraycopy(wide, 3 * (32 * y + 8), expected, 3 * 16 * y, 3 * 16);
        }
        assertArrayEquals(expected, open(theirs).square(0, 16).pixels());
        byte[] even = open(theirs).through(1).square(0, 16).pixels();
        for (int i = 3; i < even.length; i++) {
            assertEquals(even[i % 3], even[i], "one pixel, enlarged");
        }
    }

    @Test
    void factsAreOfEveryFilesNameAndContent() throws IOException, NoSuchAlgorithmException {
        image(theirs.resolve("a.png"), 16, 16, 1);
        image(theirs.resolve("b.png"), 16, 16, 2);
        Files.writeString(theirs.resolve("read-me.txt"), "not an image");
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        StringBuilder lines = new StringBuilder();
        for (String name : List.of("a.png", "b.png")) {
            byte[] hash = sha.digest(Files.readAllBytes(theirs.resolve(name)));
            lines.append(name)
                    .append('\n')
                    .append(HexFormat.of().formatHex(hash))
                    .append('\n');
        }
        String expected = HexFormat.of().formatHex(sha.digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        ExternalFolder opened = open(theirs);
        assertEquals(theirs, opened.folder());
        assertEquals("malignant", opened.className());
        assertEquals(2, opened.size());
        assertEquals(expected, opened.sha256());
        Files.move(theirs.resolve("b.png"), theirs.resolve("c.png"));
        assertFalse(open(theirs).sha256().equals(expected), "another name");
    }

    @Test
    void whatCannotBeReadIsSaidAndNotUsed() throws IOException {
        image(theirs.resolve("a.png"), 16, 16, 1);
        byte[] whole = Files.readAllBytes(theirs.resolve("a.png"));
        Files.write(theirs.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
        List<String> warnings = new ArrayList<>();
        ExternalFolder found = ExternalFolder.open("foo", theirs, "malignant", dataset, new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {}

            @Override
            public void warn(String text) {
                warnings.add(text);
            }
        });
        assertEquals(1, found.size());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("1 of 2 images") && warnings.get(0).contains("cut.png"), warnings.get(0));
        Files.delete(theirs.resolve("a.png"));
        refuses(theirs, "no image that can be read", "cut.png");
        Files.delete(theirs.resolve("cut.png"));
        refuses(theirs, "no image that can be read");
        refuses(folder.resolve("nowhere"), "nowhere", "is not there");
    }

    @Test
    void whatThisProgramDrewIsToBeUsedWithItsGenerator() throws IOException {
        RgbImage drawn = RgbImage.wrap(16, 16, image(theirs.resolve("a.png"), 16, 16, 1));
        PngWriter.write(drawn, Map.of(SyntheticManifest.GENERATOR_TEXT, "0".repeat(64)), theirs.resolve("renamed.png"));
        refuses(theirs, "renamed.png", "gan sample", "--gan RUN", "dcgan");
        Path set = folder.resolve("set");
        image(set.resolve("malignant/x.png"), 16, 16, 2);
        Files.writeString(set.resolve(SyntheticManifest.SEAL), "{}");
        refuses(set, "x.png", "gan sample");
        refuses(set.resolve("malignant"), "x.png", "gan sample");
        assertFalse(ExternalFolder.isExternal(set));
        assertTrue(ExternalFolder.isExternal(theirs));
    }

    @Test
    void theFolderSaysTheClassWhereNobodyElseDoes() throws IOException {
        image(theirs.resolve("malignant/a.png"), 16, 16, 1);
        assertEquals(
                "malignant",
                ExternalFolder.open("foo", theirs, dataset, Progress.SILENT).className());
        assertEquals(
                "malignant",
                ExternalFolder.open("foo", theirs.resolve("malignant"), dataset, Progress.SILENT)
                        .className());
        image(theirs.resolve("benign/a.png"), 16, 16, 1);
        assertTrue(assertThrows(
                        UnusableInputException.class,
                        () -> ExternalFolder.open("foo", theirs, dataset, Progress.SILENT))
                .getMessage()
                .contains("[benign, malignant]"));
        image(folder.resolve("unnamed/a.png"), 16, 16, 1);
        assertTrue(assertThrows(
                        UnusableInputException.class,
                        () -> ExternalFolder.open("foo", folder.resolve("unnamed"), dataset, Progress.SILENT))
                .getMessage()
                .contains("of which class"));
    }
}
