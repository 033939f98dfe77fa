package org.lesionforge.quality.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.data.ImageSet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureArray;

/** Every kind of image set, damage included, and the cache. */
final class SourceTest {
    @TempDir
    Path folder;

    private static RgbImage image(int width, int height, int first) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (first + 7 * i);
        }
        return RgbImage.wrap(width, height, pixels);
    }

    @Test
    void hiddenFilesAndFoldersAreNotCompared() {
        Path folders = SharedFolder.require().resolve("cases/evaluate-hidden");
        try (Source real = Source.open(folders.resolve("real").toString(), Progress.SILENT);
                Source fake = Source.open(folders.resolve("fake").toString(), Progress.SILENT)) {
            assertEquals(6, real.size().orElseThrow());
            assertEquals(
                    hashes(fake.images().orElseThrow()), hashes(real.images().orElseThrow()));
        }
    }

    private static List<String> hashes(ImageSet images) {
        return IntStream.range(0, images.size()).mapToObj(images::sha256).toList();
    }

    private void png(String name, RgbImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        PngWriter.write(image, Map.of(), file);
    }

    private Source open(String name) {
        return Source.open(folder.resolve(name).toString(), Progress.SILENT);
    }

    private void assertUnusable(String name, String expected) {
        String message =
                assertThrows(UnusableInputException.class, () -> open(name)).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void aFolderGivesItsReadableImagesAndListsTheOthers() throws IOException {
        png("mixed/b/second.png", image(5, 4, 9));
        png("mixed/a.png", image(3, 6, 1));
        Files.writeString(folder.resolve("mixed/broken.jpg"), "no image");
        Files.writeString(folder.resolve("mixed/manifest.csv"), "passed over");
        ImageSet images = open("mixed").images().orElseThrow();
        assertEquals(2, images.size());
        assertEquals("b/second.png", images.id(1));
        assertArrayEquals(new int[] {5, 4}, new int[] {images.width(1), images.height(1)});
        assertArrayEquals(image(5, 4, 9).pixels(), images.image(1).pixels());
        assertEquals(1, images.skipped().size());
        assertEquals("broken.jpg", images.skipped().get(0).path());
    }

    @Test
    void theHashIsOfThePixels() throws IOException {
        for (String set : List.of("one", "same", "other")) {
            png(set + "/x-" + set + ".png", image(3, 3, 1));
            png(set + "/y.png", image(3, 3, set.equals("other") ? 3 : 2));
        }
        List<String> one = hashes(open("one").images().orElseThrow());
        assertEquals(one, hashes(open("same").images().orElseThrow()));
        assertNotEquals(one, hashes(open("other").images().orElseThrow()));
    }

    @Test
    void oneImageIsTooFew() throws IOException {
        png("single/a.png", image(3, 3, 1));
        Files.writeString(folder.resolve("single/b.png"), "");
        assertUnusable("single", "has 1 readable images, and 1 unreadable, the first of them b.png: empty file");
        assertUnusable("nowhere", "there is no folder or file");
    }

    @Test
    void arraysOfImagesPlainAndZipped() throws IOException {
        byte[] npy = npy("|u1", "(2, 2, 1, 3)", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        Files.write(folder.resolve("images.npy"), npy);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("images.npz")))) {
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(npy("<f4", "(2,)", new byte[8]));
            zip.putNextEntry(new ZipEntry("arr_0.npy"));
            zip.write(npy);
        }
        for (String name : List.of("images.npy", "images.npz")) {
            ImageSet images = open(name).images().orElseThrow();
            assertEquals(1, images.width(0));
            assertEquals(2, images.height(0));
            assertArrayEquals(new byte[] {7, 8, 9, 10, 11, 12}, images.image(1).pixels());
        }
        Files.write(folder.resolve("gray.npy"), npy("|u1", "(2, 2, 3, 1)", new byte[12]));
        assertUnusable("gray.npy", "|u1 [2, 2, 3, 1]; expected uint8 images N×H×W×3");
        Files.write(folder.resolve("cut.npy"), npy("|u1", "(3, 2, 1, 3)", new byte[12]));
        assertUnusable("cut.npy", "should have 146 bytes");
        Files.write(folder.resolve("int.npy"), npy("<i8", "(1, 1)", new byte[8]));
        assertUnusable("int.npy", "values of type <i8");
    }

    @Test
    void featuresComeBackAsTheyWereWritten() throws IOException {
        FeatureArray features = new FeatureArray(2, 3, new float[] {1, -2.5f, 3, 4, 5, 1e-20f});
        FeatureFile.write(folder.resolve("features.npy"), features);
        try (Source source = open("features.npy")) {
            assertArrayEquals(
                    features.values(),
                    FeatureArray.of(source.features().orElseThrow()).values());
        }
        FeatureFile.write(folder.resolve("nan.npy"), new FeatureArray(2, 1, new float[] {1, Float.NaN}));
        assertUnusable("nan.npy", "row 1, column 0");
    }

    @Test
    void arraysWithoutValuesAndBeyondMeasureAreRefused() throws IOException {
        Files.write(folder.resolve("empty.npy"), npy("<f4", "(5, 0)", new byte[0]));
        assertUnusable("empty.npy", "features of 0 dimensions");
        Files.write(folder.resolve("flat.npy"), npy("|u1", "(5, 4, 0, 3)", new byte[0]));
        assertUnusable("flat.npy", "images of 4×0 pixels");
        Files.write(folder.resolve("rows.npy"), npy("<f4", "(3000000000, 0)", new byte[0]));
        assertUnusable("rows.npy", "a dimension of 3000000000");
        Files.write(folder.resolve("wide.npy"), npy("<f4", "(2, 30000)", new byte[240_000]));
        assertUnusable("wide.npy", "features of 30000 dimensions");
    }

    private static byte[] npy(String type, String shape, byte[] values) {
        String header = String.format(
                "%-117s\n", "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }");
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        byte[] file = java.util.Arrays.copyOf(start, 128 + values.length);
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 10, 118);
        System.arraycopy(values, 0, file, 128, values.length);
        return file;
    }
}
