package org.lesionforge.classifier.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureArray;

final class FoldsTest {
    private static Examples examples(int[] labels, List<String> groups) {
        int n = labels.length;
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        boolean[] held = new boolean[n];
        Arrays.fill(held, true);
        int classes = Arrays.stream(labels).max().orElseThrow() + 1;
        return new Examples(new FeatureArray(n, 1, new float[n]), labels, classes, weights, groups, held);
    }

    private static List<String> each(int n) {
        return IntStream.range(0, n).mapToObj(i -> "g" + i).toList();
    }

    @Test
    void aloneEachFoldGetsItsShareOfEveryClass() {
        // 40 of class 0, 10 of class 1, 5 of class 2.
        int[] labels =
                IntStream.range(0, 55).map(i -> i < 40 ? 0 : i < 50 ? 1 : 2).toArray();
        Examples examples = examples(labels, each(55));
        Folds folds = Folds.draw(examples, examples.held(), 5, new Seed(1)).orElseThrow();
        assertEquals(5, folds.count());
        for (int fold = 0; fold < 5; fold++) {
            int[] counts = new int[3];
            for (int i : folds.heldOut(fold, examples.held())) {
                counts[labels[i]]++;
            }
            assertArrayEquals(new int[] {8, 2, 1}, counts);
        }
        Folds again = Folds.draw(examples, examples.held(), 5, new Seed(1)).orElseThrow();
        assertArrayEquals(folds.of(), again.of(), "the same seed");
        Folds other = Folds.draw(examples, examples.held(), 5, new Seed(2)).orElseThrow();
        assertFalse(Arrays.equals(folds.of(), other.of()), "another seed");
    }

    @Test
    void aGroupIsNeverOnBothSides() {
        int n = 120;
        int[] labels = IntStream.range(0, n).map(i -> i % 7 == 0 ? 1 : 0).toArray();
        // Groups of 1 to 6, some with both classes.
        List<String> groups = IntStream.range(0, n)
                .mapToObj(i -> "g" + (int) Math.sqrt(3 * i + 1))
                .toList();
        Examples examples = examples(labels, groups);
        Folds folds = Folds.draw(examples, examples.held(), 5, new Seed(3)).orElseThrow();
        Map<String, Integer> foldOf = new HashMap<>();
        int[] sizes = new int[5];
        for (int i = 0; i < n; i++) {
            int fold = folds.of()[i];
            assertEquals(fold, foldOf.computeIfAbsent(groups.get(i), name -> fold));
            sizes[fold]++;
        }
        for (int size : sizes) {
            assertEquals(24, size, 4, Arrays.toString(sizes));
        }
    }

    @Test
    void copiesLeaveWithTheirOriginalAndSyntheticImagesStay() {
        int[] labels = {0, 0, 0, 1, 1, 1, 1, 1};
        // The last but one is a copy of image 3, the last one a synthetic image.
        List<String> groups = List.of("a", "b", "c", "d", "e", "f", "d", "synthetic-1");
        boolean[] held = {true, true, true, true, true, true, false, false};
        Examples examples = examples(labels, groups);
        Folds folds = Folds.draw(examples, held, 3, new Seed(0)).orElseThrow();
        assertEquals(folds.of()[3], folds.of()[6]);
        assertEquals(Folds.NONE, folds.of()[7]);
        for (int fold = 0; fold < 3; fold++) {
            int out = fold;
            assertEquals(2, folds.heldOut(fold, held).length);
            int[] fitted = folds.fittedTo(fold);
            assertTrue(Arrays.stream(fitted).anyMatch(i -> i == 7), "fitted to in every fold");
            assertEquals(out != folds.of()[3], Arrays.stream(fitted).anyMatch(i -> i == 6));
        }
    }

    @Test
    void thereAreNoMoreFoldsThanAClassHasGroups() {
        Examples examples = examples(new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1}, each(9));
        Folds folds = Folds.draw(examples, examples.held(), 5, new Seed(0)).orElseThrow();
        assertEquals(3, folds.count());
        Examples lonely = examples(new int[] {0, 0, 0, 1, 1}, List.of("a", "b", "c", "d", "d"));
        assertEquals(Optional.empty(), Folds.draw(lonely, lonely.held(), 5, new Seed(0)), "one group of class 1");
    }
}
