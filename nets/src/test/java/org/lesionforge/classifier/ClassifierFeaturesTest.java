package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.KernelDistance;

/** Features whose lengths differ as those of a classifier do that was trained for minutes, and what kernel distances come to. */
final class ClassifierFeaturesTest {
    /** All of one direction, the first long, the others short: √d times these. */
    private static float[] lengths(int n, int dimensions) {
        float[] values = new float[n * dimensions];
        for (int i = 0; i < n; i++) {
            values[i * dimensions] = (i == 0 ? 18 : 0.4f) * (float) Math.sqrt(dimensions);
        }
        return values;
    }

    private static double distance(float[] a, float[] b, int dimensions) {
        Features x = new FeatureArray(a.length / dimensions, dimensions, a);
        return KernelDistance.wholeSet(x, new FeatureArray(b.length / dimensions, dimensions, b));
    }

    @Test
    void oneLongVectorDecidesAKernelDistanceAndNotThatOfTheCosine() {
        float[] a = lengths(22, 4);
        float[] b = lengths(122, 4);
        double both = Math.pow(18 * 18 + 1, 3);
        double one = Math.pow(18 * 0.4 + 1, 3);
        double none = Math.pow(0.4 * 0.4 + 1, 3);
        double within22 = (2 * 21 * one + 21 * 20 * none) / (22 * 21);
        double within122 = (2 * 121 * one + 121 * 120 * none) / (122 * 121);
        double between = (both + (21 + 121) * one + 21 * 121 * none) / (22 * 122);
        double expected = within22 + within122 - 2 * between;
        assertEquals(-25_579, expected, 1, "of two sets that are alike, by their two long vectors alone");
        assertEquals(expected, distance(a, b, 4), 0.1);

        ClassifierFeatures.normalise(a, 4);
        ClassifierFeatures.normalise(b, 4);
        assertEquals(0, distance(a, b, 4), 1e-5);
    }

    @Test
    void vectorsGetTheLengthOfTheSquareRootOfTheirDimensionsAndZerosStay() {
        float[] values = {3, 4, 0, 0, 0, 0, 0, 0};
        ClassifierFeatures.normalise(values, 4);
        assertArrayEquals(new float[] {1.2f, 1.6f, 0, 0, 0, 0, 0, 0}, values, 1e-6f);
    }
}
