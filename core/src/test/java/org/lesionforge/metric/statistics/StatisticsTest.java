package org.lesionforge.metric.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.RocCurve;

/** Against SciPy 1.10 and, where it has no such function, the definitions written out in NumPy. */
public final class StatisticsTest {
    private static final boolean[] POSITIVE = {
        true, true, true, true, true, false, false, false, false, false, false, false
    };
    private static final double[] A = {.9, .4, .7, .6, .3, .2, .5, .1, .4, .35, .6, .05};
    private static final double[] B = {.8, .75, .7, .9, .4, .3, .2, .1, .45, .35, .6, .15};

    @Test
    void studentsTails() {
        // 2 * scipy.stats.t.sf(t, df)
        assertEquals(0.2422378831816867, StudentT.twoSided(2.5, 1), 1e-14);
        assertEquals(0.1296117202215108, StudentT.twoSided(2.5, 2), 1e-14);
        assertEquals(0.08770664700806555, StudentT.twoSided(2.5, 3), 1e-14);
        assertEquals(0.06676654481198813, StudentT.twoSided(-2.5, 4), 1e-14);
        assertEquals(0.2998827618568061, StudentT.twoSided(1.1, 9), 1e-14);
        assertEquals(0.002499307439798052, StudentT.twoSided(-3.3, 30), 1e-14);
        assertEquals(0.05027318495574871, StudentT.twoSided(1.96, 1000), 1e-13);
        assertEquals(1, StudentT.twoSided(0, 5));
        assertEquals(0, StudentT.twoSided(Double.POSITIVE_INFINITY, 5), 1e-15);
    }

    @Test
    void studentsCriticalValues() {
        // With one degree of freedom it is Cauchy's distribution; the others: scipy.stats.t.ppf(0.975, df), good to
        // nine digits.
        assertEquals(Math.tan(0.475 * Math.PI), StudentT.critical(0.05, 1), 1e-11);
        assertEquals(4.302652729911275, StudentT.critical(0.05, 2), 1e-9);
        assertEquals(2.0422724563012373, StudentT.critical(0.05, 30), 1e-9);
    }

    @Test
    void seedsOfTwoArms() {
        // scipy.stats.ttest_rel(b, a), t.interval(0.95, 4, mean, sem); the sign-flips over itertools.product.
        PairedRepeats paired =
                PairedRepeats.of(new double[] {.81, .79, .84, .80, .83}, new double[] {.83, .80, .85, .84, .82});
        assertEquals(0.014, paired.difference().mean(), 1e-14);
        assertEquals(0.018165902124584916, paired.difference().std(), 1e-14);
        assertEquals(-0.008555946662990435, paired.difference().ci95().low(), 1e-13);
        assertEquals(0.03655594666299037, paired.difference().ci95().high(), 1e-13);
        assertEquals(1.7232808737106573, paired.t(), 1e-10);
        assertEquals(0.15993479883742173, paired.pStudent(), 1e-11);
        assertEquals(0.25, paired.pSignFlip());
    }

    @Test
    void seedsThatSayNothing() {
        PairedRepeats single = PairedRepeats.of(new double[] {0.5}, new double[] {0.7});
        assertTrue(Double.isNaN(single.difference().std()));
        assertTrue(Double.isNaN(single.pStudent()));
        assertEquals(1, single.pSignFlip());
        PairedRepeats equal = PairedRepeats.of(new double[] {0.5, 0.6}, new double[] {0.5, 0.6});
        assertEquals(1, equal.pStudent());
        assertEquals(1, equal.pSignFlip());
        assertThrows(IllegalArgumentException.class, () -> PairedRepeats.of(new double[2], new double[3]));
        assertThrows(IllegalArgumentException.class, () -> Repeats.of());
    }

    @Test
    void equalDifferencesAreNoCertainty() {
        // A fit without chance: each seed gives the same. By 16 sign flips alone p were 2 / 2¹⁶.
        double[] a = new double[16];
        double[] b = new double[16];
        Arrays.fill(a, 0.7);
        Arrays.fill(b, 0.8);
        PairedRepeats repeated = PairedRepeats.of(a, b);
        assertEquals(0.1, repeated.difference().mean(), 1e-15);
        assertEquals(0, repeated.difference().std(), 1e-15);
        assertTrue(Double.isNaN(repeated.difference().ci95().low()));
        assertTrue(Double.isNaN(repeated.difference().ci95().high()));
        assertTrue(Double.isNaN(repeated.t()));
        assertTrue(Double.isNaN(repeated.pStudent()));
        assertTrue(Double.isNaN(repeated.pSignFlip()));
        // Each seed trains otherwise, and each gains a tenth: equal but for rounding, and three signs can be had in
        // eight ways.
        PairedRepeats moved = PairedRepeats.of(new double[] {.5, .6, .7}, new double[] {.6, .7, .8});
        assertTrue(Double.isNaN(moved.t()));
        assertTrue(Double.isNaN(moved.pStudent()));
        assertEquals(0.25, moved.pSignFlip());
        // One arm alone without chance is tested as ever: differences 0.1, 0.2, t = 0.15 / (0.0707 / √2) = 3.
        assertEquals(
                3,
                PairedRepeats.of(new double[] {.5, .5}, new double[] {.6, .7}).t(),
                1e-9);
    }

    @Test
    void signFlipsNeedSixDifferences() {
        assertEquals(2 / 32.0, SignFlip.pValue(new double[] {.1, .2, .3, .1, .2}, 0));
        assertEquals(2 / 64.0, SignFlip.pValue(new double[] {.1, .2, .3, .1, .2, .1}, 0));
        assertTrue(Double.isNaN(SignFlip.pValue(new double[] {.1, Double.NaN}, 0)));
    }

    @Test
    void randomSignFlipsAgreeWithTheBinomial() {
        double[] differences = new double[400];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = i < 220 ? 1 : -1;
        }
        // The sum is 40, its standard deviation 20; P(|sum| ≥ 40) = 2 binom.cdf(180, 400, 0.5) = 0.05104.
        assertEquals(0.05104, SignFlip.pValue(differences, 3), 0.007);
        assertEquals(SignFlip.pValue(differences, 3), SignFlip.pValue(differences, 3));
    }

    @Test
    void holmStepsDown() {
        // By hand: 5·0.005, 4·0.01 = 0.04, 3·0.03 = 0.09, 2·0.04 = 0.08 raised to 0.09, 0.9.
        assertArrayEquals(new double[] {.04, .09, .09, .025, .9}, Holm.adjust(.01, .04, .03, .005, .9), 1e-15);
        assertArrayEquals(new double[] {.02, Double.NaN, 1}, Holm.adjust(.01, Double.NaN, 1), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> Holm.adjust(1.5));
    }

    @Test
    void deLongWithTies() {
        // Placements over all pairs, numpy.cov of them, scipy.stats.norm.
        DeLong test = DeLong.of(POSITIVE, A, B);
        assertEquals(0.8, test.aucA(), 1e-14);
        assertEquals(0.9428571428571428, test.aucB(), 1e-14);
        assertEquals(0.1428571428571429, test.difference(), 1e-14);
        assertEquals(0.09671474291233285, test.standardError(), 1e-14);
        assertEquals(0.13964939861042916, test.pValue(), 1e-13);
        assertEquals(-0.046700270025079954, test.ci95().low(), 1e-13);
        assertEquals(0.33241455573936574, test.ci95().high(), 1e-13);
        assertEquals(test.aucB(), RocCurve.of(POSITIVE, B).auc(), 1e-14);
    }

    @Test
    void deLongOfEqualRankings() {
        double[] squared = new double[A.length];
        for (int i = 0; i < A.length; i++) {
            squared[i] = A[i] * A[i];
        }
        assertEquals(1, DeLong.of(POSITIVE, A, squared).pValue());
        assertTrue(Double.isNaN(DeLong.of(new boolean[] {true, false}, new double[] {.6, .5}, new double[] {.4, .5})
                .pValue()));
        assertThrows(IllegalArgumentException.class, () -> DeLong.of(POSITIVE, A, new double[3]));
    }

    @Test
    void detectableDifferenceOfAccuracy() {
        // The power over scipy.stats.binom.pmf of every number of discordant pairs and wins, solved with
        // scipy.optimize.brentq.
        assertEquals(0.6035626575067263, DetectableDifference.power(600, .1, .03), 1e-9);
        assertEquals(0.03744677614585325, DetectableDifference.power(600, .1, 0), 1e-9);
        assertEquals(0.03713248070260599, DetectableDifference.ofAccuracy(600, .1), 2e-7);
        assertEquals(0.02651259270153829, DetectableDifference.ofAccuracy(600, .05), 2e-7);
        assertEquals(0.015826247275717225, DetectableDifference.ofAccuracy(3239, .1), 2e-7);
        assertEquals(0.2188308132340872, DetectableDifference.ofAccuracy(50, .3), 2e-7);
    }

    @Test
    void nothingIsDetectableInATinyTest() {
        assertTrue(Double.isNaN(DetectableDifference.ofAccuracy(5, 0.5)));
        assertTrue(Double.isNaN(DetectableDifference.ofAccuracy(600, 0)));
        assertEquals(0.028015852, DetectableDifference.ofStandardError(0.01), 1e-8);
    }
}
