package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.statistics.GroupBootstrap;

final class FoldedRocAucTest {
    private static final boolean[] POSITIVE = {true, true, false, true, false, false};

    /**
     * Fold 0 has 2 positives and 1 negative, both pairs in order; fold 1 one positive and 2 negatives, one pair in order and one
     * tied: (2 + 1.5) of 4. Across folds the scores are on other scales and are not compared.
     */
    @Test
    void onlyPairsOfOneFoldCount() {
        double[] score = {0.9, 0.8, 0.1, 105, 103, 105};
        int[] fold = {0, 0, 0, 1, 1, 1};
        assertEquals(3.5 / 4, times(1, score, fold).value(), 1e-12);
        Estimate often = times(10, score, fold);
        assertEquals(3.5 / 4, often.value(), 1e-12);
        assertTrue(
                often.ci95().low() < 3.5 / 4 && often.ci95().high() > 3.5 / 4,
                often.ci95().toString());
    }

    /** All six images so often, each a group of its own. */
    private static Estimate times(int times, double[] score, int[] fold) {
        boolean[] positives = new boolean[6 * times];
        double[] scores = new double[6 * times];
        int[] folds = new int[6 * times];
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 6 * times; i++) {
            positives[i] = POSITIVE[i % 6];
            scores[i] = score[i % 6];
            folds[i] = fold[i % 6];
            groups.add("image " + i);
        }
        return FoldedRocAuc.of(positives, scores, folds, new GroupBootstrap(groups, 200, 1));
    }

    @Test
    void withoutPairsThereIsNoArea() {
        int[] fold = {0, 0, 1, 0, 1, 1};
        Estimate area = times(1, new double[6], fold);
        assertTrue(Double.isNaN(area.value()) && Double.isNaN(area.ci95().low()));
    }
}
