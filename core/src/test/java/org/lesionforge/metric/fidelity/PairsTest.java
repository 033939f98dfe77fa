package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Samples;

class PairsTest {
    /** More vectors than are prepared together, in both sets, and a length that is no multiple of the step. */
    @Test
    void sumsOverEveryPairAcrossTheEdgesOfItsBlocks() {
        FeatureArray a = Samples.normal(70, 7, 0, 1, 1);
        FeatureArray b = Samples.normal(600, 7, 0.5, 2, 2);
        Pairs.rows(a, b, Pairs.Term.SQUARED_DIFFERENCE, (i, sums) -> check(a, i, b, sums, false));
        Pairs.rows(a, b, Pairs.Term.PRODUCT, (i, sums) -> check(a, i, b, sums, true));
    }

    private static void check(FeatureArray a, int i, FeatureArray b, double[] sums, boolean product) {
        assertEquals(600, sums.length);
        for (int j = 0; j < sums.length; j++) {
            double expected = 0;
            for (int k = 0; k < 7; k++) {
                double x = a.values()[i * 7 + k];
                double y = b.values()[j * 7 + k];
                expected += product ? x * y : (x - y) * (x - y);
            }
            assertEquals(expected, sums[j], 1e-10);
        }
    }
}
