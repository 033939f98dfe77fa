package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.TestImages;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** Parts that the source names, by a column or by folders. */
final class PreparedPartsTest {
    @TempDir
    Path folder;

    private Path source;
    private Path out;

    @BeforeEach
    void names() {
        source = folder.resolve("source");
        out = folder.resolve("out");
    }

    /** Ten images in train and four in val, half of them malignant; i0 and i10 are of one lesion when {@code spanning}. */
    private LabelColumns withParts(boolean spanning) throws IOException {
        StringBuilder lines = new StringBuilder("image_id,label,lesion_id,split\n");
        for (int i = 0; i < 14; i++) {
            TestImages.write(source.resolve("i" + i + ".png"), 9, 9, i);
            String lesion = spanning && i % 10 == 0 ? "L" : "";
            lines.append("i" + i + "," + (i % 2 == 0 ? "benign" : "malignant") + "," + lesion + ","
                    + (i < 10 ? "train" : "val") + "\n");
        }
        return PreparationTest.csv(source, lines.toString().strip())
                .with()
                .part(Optional.of("split"))
                .build();
    }

    @Test
    void partsFromAColumnAreHonouredAndValidationComesOutOfTrain() throws Exception {
        PreparationOptions options = PreparationTest.options(
                source, out, withParts(false), PartNames.with(Map.of("val", "test")), GroupConflict.ERROR, 0.2);
        Preparation.Result result = Preparation.run(options, Progress.SILENT);
        assertEquals(Map.of("benign", 2, "malignant", 2), result.parts().get("test"));
        assertEquals(Map.of("benign", 1, "malignant", 1), result.parts().get("validation"));
        assertEquals(Map.of("benign", 4, "malignant", 4), result.parts().get("train"));
        assertEquals("column", Dataset.open(out).manifest().split().method());
    }

    @Test
    void withoutATestPartTheRemedyIsNamed() throws Exception {
        PreparationOptions options =
                PreparationTest.options(source, out, withParts(false), PartNames.usual(), GroupConflict.ERROR, 0.1);
        String message = assertThrows(UnusableInputException.class, () -> Preparation.run(options, Progress.SILENT))
                .getMessage();
        PreparationTest.assertNothingBeside(source);
        assertTrue(message.contains("no image into the test part") && message.contains("--part-map"), message);
    }

    @Test
    void aGroupInTwoPartsIsAnErrorOrLeftOut() throws Exception {
        PartNames valIsTest = PartNames.with(Map.of("val", "test"));
        LabelColumns labels = withParts(true);
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> Preparation.run(
                                PreparationTest.options(source, out, labels, valIsTest, GroupConflict.ERROR, 0),
                                Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("group 'L' is in 2 parts: i0 in train, i10 in test"), message);
        PreparationTest.assertNothingBeside(source);

        // i1 is the same picture as i11, though no identifier says so.
        Files.copy(
                source.resolve("i11.png"), source.resolve("i1.png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Preparation.Result result = Preparation.run(
                PreparationTest.options(source, out, labels, valIsTest, GroupConflict.LEAVE_OUT, 0), Progress.SILENT);
        assertEquals(
                List.of(
                        new SkippedFile("i0.png", "left out of train: its group L is in test too"),
                        new SkippedFile("i1.png", "left out of train: the same picture as i11, which is in test")),
                result.skipped());
        assertEquals(12, result.images());
        assertEquals(Map.of("benign", 4, "malignant", 4), result.parts().get("train"));
        assertEquals(Map.of("benign", 0, "malignant", 0), result.parts().get("validation"));
    }

    @Test
    void foldersNamedAfterPartsAreParts() throws Exception {
        for (String part : List.of("train", "test")) {
            TestImages.writeMany(source.resolve(part).resolve("benign"), part + "b", 4);
            TestImages.writeMany(source.resolve(part).resolve("malignant"), part + "m", 4);
        }
        Preparation.Result result = Preparation.run(
                PreparationTest.options(source, out, null, PartNames.usual(), GroupConflict.ERROR, 0.25),
                Progress.SILENT);
        assertEquals(Map.of("benign", 4, "malignant", 4), result.parts().get("test"));
        assertEquals(Map.of("benign", 1, "malignant", 1), result.parts().get("validation"));
    }
}
