package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Measures of two sets of vectors on toys whose answer is known by hand, and on points in the plane, for which it was computed
 * from the definitions with NumPy and SciPy's beta-binomial distribution.
 */
final class TwoSampleMeasuresTest {
    private static final Features REAL = plane(12, 7, 0.25, 5, -0.5);
    private static final Features FAKE = plane(9, 3, 0.5, 4, -0.25);

    /** Point i is (a i mod 11 + s i, b i mod 13 + t i): all distances differ. */
    private static Features plane(int n, int a, double s, int b, double t) {
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            values[2 * i] = (float) ((a * i) % 11 + s * i);
            values[2 * i + 1] = (float) ((b * i) % 13 + t * i);
        }
        return new FeatureArray(n, 2, values);
    }

    private static FeatureArray normal(int n, int d, double shift, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() + shift);
        }
        return new FeatureArray(n, d, values);
    }

    /** The first {@code bad} vectors far away from all others, and from each other. */
    private static Features spoiled(FeatureArray good, int bad) {
        float[] values = good.values().clone();
        for (int i = 0; i < bad * good.dimensions(); i++) {
            values[i] += 1000 + i;
        }
        return new FeatureArray(good.count(), good.dimensions(), values);
    }

    @Test
    void clippedFiguresAgreeWithTheDefinitions() {
        ClippedDensityCoverage two = ClippedDensityCoverage.of(REAL, FAKE, 2);
        assertEquals(0.25, two.density(), 1e-12);
        assertEquals(0.4, two.coverage(), 1e-12);
        ClippedDensityCoverage three = ClippedDensityCoverage.of(REAL, FAKE, 3);
        assertEquals(0.7692307692307692, three.density(), 1e-12);
        assertEquals(0.9, three.coverage(), 1e-12);
    }

    @Test
    void clippedFiguresFallWithTheShareOfBadFakes() {
        Features real = normal(400, 4, 0, 1);
        for (int bad : new int[] {0, 100, 200, 400}) {
            ClippedDensityCoverage found = ClippedDensityCoverage.of(real, spoiled(normal(400, 4, 0, 2), bad), 5);
            assertEquals(1 - bad / 400.0, found.density(), 0.08, bad + " of 400 bad");
            assertEquals(1 - bad / 400.0, found.coverage(), 0.08, bad + " of 400 bad");
        }
    }

    @Test
    void mindOfAShiftIsThreeTimesItsSquare() {
        // In one dimension every direction is ±1: sorted, the pairs differ by 3, 1 and 2, whose squares have the mean
        // 14/3.
        Features a = new FeatureArray(3, 1, new float[] {0, 10, 5});
        Features b = new FeatureArray(3, 1, new float[] {6, 3, 12});
        assertEquals(3 * 14 / 3.0, Mind.between(a, b, 7), 1e-9);
        FeatureArray x = normal(50, 16, 0, 3);
        float[] shifted = x.values().clone();
        for (int i = 0; i < 50; i++) {
            shifted[16 * i] += 2;
        }
        assertEquals(0, Mind.between(x, x, 7));
        // 3 · 2², where the squared cosine is 1/16 in the mean of all directions and about that in a thousand.
        assertEquals(12, Mind.between(x, new FeatureArray(50, 16, shifted), 7), 1.5);
        assertThrows(IllegalArgumentException.class, () -> Mind.between(a, x, 7));
    }

    @Test
    void theKernelTestAgreesWithTheDefinition() {
        KernelTest found = KernelTest.of(REAL, FAKE, 99, 1);
        assertEquals(-0.03514665196753319, found.discrepancy(), 1e-12);
        assertEquals(6.950719387228922, found.sigma(), 1e-6);
        assertTrue(found.pValue() > 0.3, "p " + found.pValue());
    }

    /** All 70 ways to choose a side of 4 of 8: a shift is the most extreme one, with p about 2/70 of the permutations. */
    @Test
    void theKernelTestFindsAShiftAndNothingInEqualSets() {
        Features low = new FeatureArray(4, 1, new float[] {0, 1, 2, 3});
        Features high = new FeatureArray(4, 1, new float[] {100, 101, 102, 103});
        assertEquals(2 / 70.0, KernelTest.of(low, high, 1).pValue(), 0.015);
        assertEquals(
                0.001,
                KernelTest.of(normal(40, 8, 0, 1), normal(40, 8, 1, 2), 1).pValue(),
                1e-12);
        double[] p = new double[40];
        Arrays.setAll(p, k -> KernelTest.of(normal(20, 8, 0, 2L * k), normal(20, 8, 0, 2L * k + 1), 99, k)
                .pValue());
        assertEquals(0.5, Arrays.stream(p).average().orElseThrow(), 0.15, "uniform under the hypothesis");
    }
}
