package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reliability, temperature and threshold; numbers from NumPy and scipy.optimize. */
final class CalibrationTest {
    private static final boolean[] POSITIVE = {
        true, true, true, true, true, false, false, false, false, false, false, false
    };
    private static final double[] SCORE = {.9, .4, .7, .6, .3, .2, .5, .1, .4, .35, .6, .05};

    @Test
    void reliabilityInFourBins() {
        Reliability reliability = Reliability.of(POSITIVE, SCORE, 4);
        assertEquals(0.11666666666666664, reliability.ece(), 1e-14);
        assertEquals(4, reliability.bins().size());
        // 0.25 to 0.5: .4 and .3 are positive; .4 and .35 are not.
        Reliability.Bin second = reliability.bins().get(1);
        assertEquals(0.25, second.low());
        assertEquals(0.5, second.high());
        assertEquals(1.45 / 4, second.meanProbability(), 1e-15);
        assertEquals(0.5, second.shareOfPositives());
        assertEquals(4, second.n());
    }

    @Test
    void certaintiesFallIntoTheOuterBins() {
        Reliability reliability = Reliability.of(new boolean[] {true, false}, new double[] {1, 0}, 15);
        assertEquals(0, reliability.ece());
        assertEquals(14 / 15.0, reliability.bins().get(1).low(), 1e-15);
        assertTrue(
                Double.isNaN(Reliability.of(new boolean[0], new double[0], 15).ece()));
    }

    @Test
    void temperatureOfAClassifierThatIsTooSure() {
        // scipy.optimize.minimize_scalar on the mean cross-entropy.
        double[][] probabilities = MeasureTest.probabilities(new double[] {.05, .1, .8, .01, .7, .95, .15, .6});
        Temperature temperature = Temperature.fit(new int[] {0, 1, 1, 0, 0, 1, 0, 1}, probabilities);
        assertEquals(1.7072185787260883, temperature.value(), 1e-6);
        assertEquals(0.5644603658158199, temperature.lossBefore(), 1e-12);
        assertEquals(0.5192488728760103, temperature.lossAfter(), 1e-12);
        assertArrayEquals(new double[] {0.84873317, 0.15126683}, temperature.apply(probabilities)[0], 1e-7);
    }

    @Test
    void temperatureOfThreeClasses() {
        double[][] probabilities = {{.7, .2, .1}, {.1, .8, .1}, {.3, .3, .4}, {.6, .3, .1}};
        Temperature temperature = Temperature.fit(new int[] {0, 1, 0, 2}, probabilities);
        assertEquals(1.5833258648066253, temperature.value(), 1e-6);
        assertEquals(0.9897994493816498, temperature.lossAfter(), 1e-12);
        for (double[] row : temperature.apply(probabilities)) {
            assertEquals(1, row[0] + row[1] + row[2], 1e-14);
        }
    }

    @Test
    void temperatureBringsBackTheTruth() {
        // Probabilities are right as drawn; handing over their sharpened form, odds cubed, must give 3 back.
        SplittableRandom random = new SplittableRandom(6);
        int n = 20_000;
        int[] truth = new int[n];
        double[] sharpened = new double[n];
        for (int i = 0; i < n; i++) {
            double p = 0.05 + 0.9 * random.nextDouble();
            truth[i] = random.nextDouble() < p ? 1 : 0;
            sharpened[i] = 1 / (1 + Math.pow((1 - p) / p, 3));
        }
        assertEquals(
                3, Temperature.fit(truth, MeasureTest.probabilities(sharpened)).value(), 0.1);
    }

    @Test
    void temperatureWithoutABoundStopsAtTheEnd() {
        double[][] right = {{.9, .1}, {.2, .8}, {1, 0}};
        assertEquals(0.01, Temperature.fit(new int[] {0, 1, 0}, right).value(), 1e-6);
        assertEquals(100, Temperature.fit(new int[] {1, 0, 1}, right).value(), 1e-6);
        assertThrows(IllegalArgumentException.class, () -> Temperature.fit(new int[0], new double[0][]));
    }

    @Test
    void thresholdOfLargestYoudenIndex() {
        // At 0.6: sensitivity 3/5, specificity 6/7, the largest sum. The next lower score is 0.5.
        Threshold threshold = Threshold.youden(POSITIVE, SCORE);
        assertEquals(0.55, threshold.value(), 1e-15);
        assertEquals(3 / 5.0, threshold.sensitivity());
        assertEquals(6 / 7.0, threshold.specificity(), 1e-15);
    }

    @Test
    void thresholdAtTheEnds() {
        // Scores that rank the wrong way round: best is to call none positive, or all; the highest threshold is taken.
        Threshold none = Threshold.youden(new boolean[] {true, false}, new double[] {.1, .9});
        assertEquals(Double.POSITIVE_INFINITY, none.value());
        assertEquals(0, none.sensitivity());
        assertThrows(IllegalArgumentException.class, () -> Threshold.youden(new boolean[] {true}, new double[] {.1}));
    }

    @Test
    void precisionRecallCurveHasAStepPerScore() {
        PrecisionRecallCurve curve = PrecisionRecallCurve.of(POSITIVE, SCORE);
        assertEquals(0.7753968253968254, curve.averagePrecision(), 1e-14);
        assertEquals(10, curve.thresholds().length);
        assertEquals(0.9, curve.thresholds()[0]);
        assertArrayEquals(new double[] {.2, .4, .6, .6, .8}, Arrays.copyOf(curve.recall(), 5), 1e-15);
        assertArrayEquals(new double[] {1, 1, 3 / 4.0, 3 / 5.0, 4 / 7.0}, Arrays.copyOf(curve.precision(), 5), 1e-15);
        assertTrue(Double.isNaN(
                PrecisionRecallCurve.of(new boolean[] {true}, new double[] {.5}).averagePrecision()));
    }
}
