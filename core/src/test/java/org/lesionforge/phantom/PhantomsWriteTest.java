package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class PhantomsWriteTest {
    private static final PhantomOptions OPTIONS = new PhantomOptions(9, 6, 0.4, 32, 7);

    @TempDir
    Path temporary;

    @Test
    void tableAndFilesAgree() throws IOException {
        Path folder = temporary.resolve("new/phantoms");

        int count = Phantoms.write(folder, OPTIONS, Progress.SILENT);

        List<String> lines = Files.readAllLines(folder.resolve("metadata.csv"));
        assertEquals("image_id,label,lesion_id,path", lines.get(0));
        assertEquals(count + 1, lines.size());
        Set<String> images = new HashSet<>();
        Set<String> benign = new HashSet<>();
        Set<String> malignant = new HashSet<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertTrue(images.add(cells[0]), cells[0] + " twice");
            (cells[1].equals("benign") ? benign : malignant).add(cells[2]);
            assertEquals(cells[1] + "/" + cells[0] + ".png", cells[3]);
            BufferedImage image = ImageIO.read(folder.resolve(cells[3]).toFile());
            assertEquals(32, image.getWidth());
        }
        assertEquals(9, benign.size());
        assertEquals(6, malignant.size());
        assertTrue(count > 15, "some lesions are photographed more than once");
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(count + 1, files.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void aFileIsTheDrawingAndSaysSo() throws IOException {
        Phantoms.write(temporary, OPTIONS, Progress.SILENT);

        Phantoms.Shot shot = Phantoms.shots(OPTIONS).get(4);
        RgbImage drawn = Phantoms.draw(shot.lesion(), shot.seed(), 32);
        BufferedImage read = ImageIO.read(temporary.resolve(shot.path()).toFile());
        assertEquals(drawn.value(11, 20, 0), read.getRGB(11, 20) >> 16 & 0xFF);
        assertEquals(drawn.value(30, 2, 2), read.getRGB(30, 2) & 0xFF);
        Map<String, String> texts = PngText.read(temporary.resolve(shot.path()));
        assertEquals("Lesionforge", texts.get("Software"));
        assertTrue(texts.get("Source").contains("no patient"));
        assertTrue(texts.get("Comment").startsWith("seed 7, lesion " + shot.lesionId()));
    }

    @Test
    void sameOptionsSameBytes() throws IOException {
        Phantoms.write(temporary.resolve("a"), OPTIONS, Progress.SILENT);
        Phantoms.write(temporary.resolve("b"), OPTIONS, Progress.SILENT);

        for (Phantoms.Shot shot : Phantoms.shots(OPTIONS)) {
            assertArrayEquals(
                    Files.readAllBytes(temporary.resolve("a").resolve(shot.path())),
                    Files.readAllBytes(temporary.resolve("b").resolve(shot.path())));
        }
    }

    @Test
    void progressReachesTheTotal() throws IOException {
        AtomicLong most = new AtomicLong();
        AtomicLong total = new AtomicLong();
        Progress progress = new Progress() {
            @Override
            public void advance(String task, long done, long all, String detail) {
                most.accumulateAndGet(done, Math::max);
                total.set(all);
            }

            @Override
            public void message(String text) {}
        };

        int count = Phantoms.write(temporary, OPTIONS, progress);

        assertEquals(count, most.get());
        assertEquals(count, total.get());
    }

    @Test
    void aCancellationEndsTheDrawingBetweenTwoImages() throws IOException {
        StopAfter stopper = new StopAfter("drawing phantoms", 3);
        PhantomOptions many = new PhantomOptions(200, 100, 0, 32, 7);

        String message = assertThrows(InterruptedRunException.class, () -> Phantoms.write(temporary, many, stopper))
                .getMessage();

        assertTrue(message.matches("stopped: drawing phantoms \\d+/300"), message);
        // Images under way on other cores are finished, some of them after the first has ended the whole.
        int most = 3 + Runtime.getRuntime().availableProcessors();
        int told = stopper.told().size();
        assertTrue(told >= 3 && told <= most, stopper.told().toString());
        try (Stream<Path> files = Files.walk(temporary)) {
            long written = files.filter(Files::isRegularFile).count();
            assertTrue(written >= told && written <= most, written + " files, told of " + told);
        }
    }

    @Test
    void aFolderInUseIsLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");

        String message = assertThrows(
                        UnusableInputException.class, () -> Phantoms.write(temporary, OPTIONS, Progress.SILENT))
                .getMessage();

        assertTrue(message.contains("is not empty"), message);
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PhantomOptions(0, 0, 0, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> new PhantomOptions(-1, 5, 0, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> new PhantomOptions(5, 5, 1, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> new PhantomOptions(5, 5, Double.NaN, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> new PhantomOptions(5, 5, 0, 8, 1));
    }
}
