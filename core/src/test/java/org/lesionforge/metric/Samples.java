package org.lesionforge.metric;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.lesionforge.metric.fidelity.FeatureArray;

/** Feature sets whose numbers a reference in Python can make too, and random ones. */
public final class Samples {
    private Samples() {}

    /** f(0.7 i² + 1.3 k + 0.2 i k) + shift, rounded to float32. */
    public static FeatureArray wave(int n, int d, DoubleUnaryOperator f, double shift) {
        float[] values = new float[n * d];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < d; k++) {
                values[i * d + k] = (float) (f.applyAsDouble(0.7 * i * i + 1.3 * k + 0.2 * i * k) + shift);
            }
        }
        return new FeatureArray(n, d, values);
    }

    /** Independent normal values of standard deviation {@code std} around {@code mean}. */
    public static FeatureArray normal(int n, int d, double mean, double std, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + std * random.nextGaussian());
        }
        return new FeatureArray(n, d, values);
    }
}
