package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class ImagesAtSideTest {
    @TempDir
    Path folder;

    private Dataset dataset;

    @BeforeEach
    void prepare() throws IOException {
        TestImages.writeMany(folder.resolve("source/a"), "a", 6);
        TestImages.writeMany(folder.resolve("source/b"), "b", 6);
        Path out = folder.resolve("out");
        Preparation.run(
                PreparationOptions.of(folder.resolve("source"), out)
                        .with()
                        .sizes(List.of(8, 4))
                        .build(),
                Progress.SILENT);
        dataset = Dataset.open(out);
    }

    @Test
    void readsWhatThePartReadsAtThatSide() {
        for (Part each : Part.values()) {
            LabelledImages part = dataset.part(each);
            for (int side : List.of(4, 8)) {
                ImagesAtSide images = part.at(side);
                assertEquals(part.size(), images.size());
                assertEquals(side, images.width(0));
                for (int i = 0; i < part.size(); i++) {
                    byte[] expected = new byte[3 * side * side];
                    part.read(i, side, expected, 0);
                    assertArrayEquals(expected, images.image(i).pixels());
                    assertEquals(part.id(i), images.id(i));
                    assertEquals(PixelHash.of(side, side, expected), images.sha256(i));
                }
            }
        }
    }

    @Test
    void everyImageIsInThePartThatItsRowNames() {
        for (Part each : Part.values()) {
            List<String> expected = dataset.images().stream()
                    .filter(image -> image.part() == each)
                    .map(DatasetImage::id)
                    .toList();
            LabelledImages part = dataset.part(each);
            assertEquals(
                    expected, IntStream.range(0, part.size()).mapToObj(part::id).toList());
        }
    }

    @Test
    void choosesTheSmallestSideThatIsEnough() {
        LabelledImages part = dataset.training();
        assertEquals(4, part.atLeast(1).side());
        assertEquals(4, part.atLeast(4).side());
        assertEquals(8, part.atLeast(5).side());
        assertEquals(8, part.atLeast(9).side());
        assertEquals(8, part.atLargest().side());
    }

    @Test
    void aSideThatIsNotStoredIsRefusedWithThoseThatAre() {
        ImagesAtSide images = dataset.training().at(5);
        String message = assertThrows(UnusableInputException.class, () -> images.image(0))
                .getMessage();
        assertTrue(message.contains("5×5") && message.contains("[4, 8]"), message);
    }
}
