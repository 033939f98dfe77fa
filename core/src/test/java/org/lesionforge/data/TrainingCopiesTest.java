package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;

/** TrainingCopies of training images, and what a training part with them is. */
final class TrainingCopiesTest {
    @TempDir
    Path folder;

    private TrainingPart training() throws IOException {
        return SmallDataset.prepare(
                        folder,
                        List.of(
                                "b1,benign,g1,train",
                                "m1,malignant,g2,train",
                                "m2,malignant,g3,train",
                                "m3,malignant,g4,train",
                                "m4,malignant,g5,test",
                                "b2,benign,g6,test"))
                .training();
    }

    private static byte[] pixels(AddedImages images, int i) {
        byte[] pixels = new byte[16 * 16 * 3 + 5];
        images.read(i, 16, pixels, 5);
        return Arrays.copyOfRange(pixels, 5, pixels.length);
    }

    @Test
    void everyImageIsCopiedEquallyOften() throws IOException {
        TrainingCopies copies = TrainingCopies.duplicates(training(), "malignant", 8, 3);
        Map<String, Integer> times = new TreeMap<>();
        for (int i = 0; i < copies.size(); i++) {
            assertTrue(TrainingCopies.isCopy(copies.id(i)));
            times.merge(TrainingCopies.originalOf(copies.id(i)), 1, Integer::sum);
        }
        assertEquals(List.of("m1", "m2", "m3"), List.copyOf(times.keySet()));
        assertEquals(List.of(2, 3, 3), times.values().stream().sorted().toList(), "8 copies of 3 images: 3 + 3 + 2");
        assertEquals(8, IntStream.range(0, 8).mapToObj(copies::id).distinct().count(), "identifiers are unique");
        assertFalse(TrainingCopies.isCopy("m1"));
        assertEquals("m1", TrainingCopies.originalOf("m1"));
    }

    @Test
    void duplicatesHaveTheirOriginalsPixelsAndAlteredCopiesDoNot() throws IOException {
        TrainingPart training = training();
        TrainingCopies duplicates = TrainingCopies.duplicates(training, "malignant", 5, 3);
        TrainingCopies altered = TrainingCopies.altered(training, "malignant", 5, 3);
        for (int i = 0; i < 5; i++) {
            assertEquals(duplicates.id(i), altered.id(i));
            byte[] original = new byte[16 * 16 * 3];
            String id = TrainingCopies.originalOf(duplicates.id(i));
            int index = IntStream.range(0, training.size())
                    .filter(k -> training.id(k).equals(id))
                    .findFirst()
                    .orElseThrow();
            training.read(index, 16, original, 0);
            assertArrayEquals(original, pixels(duplicates, i));
            assertFalse(Arrays.equals(original, pixels(altered, i)));
            assertArrayEquals(pixels(altered, i), pixels(TrainingCopies.altered(training, "malignant", 7, 3), i));
            assertFalse(
                    Arrays.equals(pixels(altered, i), pixels(TrainingCopies.altered(training, "malignant", 5, 4), i)));
        }
    }

    @Test
    void aCopyIsOfItsOriginalsGroup() throws IOException {
        TrainingPart training = training();
        AugmentedTrainingPart more = training.plus(TrainingCopies.duplicates(training, "malignant", 5, 3));
        Map<String, String> groups = Map.of("b1", "g1", "m1", "g2", "m2", "g3", "m3", "g4");
        for (int i = 0; i < more.size(); i++) {
            assertEquals(groups.get(TrainingCopies.originalOf(more.id(i))), more.group(i));
            assertEquals(i < 4, more.isReal(i));
        }
    }

    @Test
    void countsByHand() throws IOException {
        TrainingPart training = training();
        AugmentedTrainingPart more = training.plus(TrainingCopies.duplicates(training, "benign", 2, 0));
        assertArrayEquals(new int[] {3, 3}, more.counts());
        assertEquals(6, more.size());
        assertEquals(0, more.syntheticCount());
        assertEquals(0, more.label(5));
        assertArrayEquals(new int[] {1, 0}, training.withoutClass("malignant").counts());
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingCopies.duplicates(training.withoutClass("malignant"), "malignant", 1, 0));
    }
}
