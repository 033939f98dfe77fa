package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class RealPartTest {
    private static List<String> ids(LabelledImages images) {
        return IntStream.range(0, images.size()).mapToObj(images::id).toList();
    }

    /** What only training images may do, held-out images cannot do by type, and the other way round. */
    @Test
    void thePartsAreNotEachOther() {
        assertFalse(TrainingImages.class.isAssignableFrom(HeldOutPart.class));
        assertFalse(TrainingPart.class.isAssignableFrom(HeldOutPart.class));
        assertFalse(HeldOutPart.class.isAssignableFrom(TrainingPart.class));
    }

    @Test
    void oneClassOfAPartKeepsLabelsAndOrder(@TempDir Path folder) throws IOException {
        TestImages.writeMany(folder.resolve("source/a"), "a", 10);
        TestImages.writeMany(folder.resolve("source/b"), "b", 10);
        Path out = folder.resolve("out");
        Preparation.run(
                PreparationOptions.of(folder.resolve("source"), out)
                        .with()
                        .sizes(List.of(4))
                        .build(),
                Progress.SILENT);
        Dataset dataset = Dataset.open(out);

        TrainingPart training = dataset.training();
        TrainingPart ofB = training.ofClass("b");
        assertEquals(ids(training).stream().filter(id -> id.contains("b")).toList(), ids(ofB));
        assertEquals(ids(ofB), ids(training.withoutClass("a")));
        assertEquals(List.of("a", "b"), ofB.classes());
        assertEquals(1, ofB.label(0));
        assertEquals(ofB.size(), ofB.counts()[1]);
        assertEquals(0, ofB.counts()[0]);

        HeldOutPart test = dataset.test();
        assertEquals(ids(test).stream().filter(id -> id.contains("a")).toList(), ids(test.ofClass("a")));
        assertTrue(test.group(0).endsWith(test.id(0)), test.group(0));
        assertThrows(UnusableInputException.class, () -> test.ofClass("c"));
    }
}
