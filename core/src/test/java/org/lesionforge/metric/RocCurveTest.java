package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RocCurveTest {
    @Test
    void tiesCountHalf() {
        // Positives 0.9, 0.5; negatives 0.5, 0.1. Of the four pairs three are won and one is a tie: 3.5 / 4.
        RocCurve curve = RocCurve.of(new boolean[] {true, true, false, false}, new double[] {0.9, 0.5, 0.5, 0.1});
        assertEquals(0.875, curve.auc(), 1e-15);
        assertArrayEquals(new double[] {0, 0, 0.5, 1}, curve.falsePositiveRate());
        assertArrayEquals(new double[] {0, 0.5, 1, 1}, curve.truePositiveRate());
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.9, 0.5, 0.1}, curve.thresholds());
    }

    @Test
    void equalScoresMakeOneDiagonal() {
        RocCurve curve = RocCurve.of(new boolean[] {true, false, true}, new double[] {0.3, 0.3, 0.3});
        assertEquals(0.5, curve.auc(), 1e-15);
        assertEquals(2, curve.thresholds().length);
    }

    @Test
    void areaEqualsTheShareOfPairsWon() {
        SplittableRandom random = new SplittableRandom(5);
        boolean[] positive = new boolean[200];
        double[] score = new double[200];
        for (int i = 0; i < 200; i++) {
            positive[i] = random.nextInt(3) == 0;
            score[i] = (random.nextInt(20) + (positive[i] ? 5 : 0)) / 25.0;
        }
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                if (positive[i] && !positive[j]) {
                    won += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        assertEquals(won / pairs, RocCurve.of(positive, score).auc(), 1e-12);
    }

    @Test
    void oneClassAloneHasNoCurve() {
        RocCurve curve = RocCurve.of(new boolean[] {true, true}, new double[] {0.2, 0.3});
        assertTrue(Double.isNaN(curve.auc()));
        assertEquals(0, curve.thresholds().length);
    }

    @Test
    void scoreThatIsNoNumberIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RocCurve.of(new boolean[] {true, false}, new double[] {0.1, Double.NaN}));
    }
}
