package org.lesionforge.metric.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Holm's step-down adjustment (Holm 1979): with several tests, the probability of any false positive stays below the
 * level, even for dependent tests.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted p-values: those at or below 0.05 are significant at a family-wise level of 5 %.
     *
     * @param pValues each in [0, 1]; {@code NaN} for a test that could not be made, which does not count
     * @return in the same order; {@code NaN} stays
     * @throws IllegalArgumentException when a value is outside [0, 1]
     */
    public static double[] adjust(double... pValues) {
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        int[] ascending = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted((i, j) -> Double.compare(pValues[i], pValues[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            double p = pValues[ascending[rank]];
            if (p < 0 || p > 1) {
                throw new IllegalArgumentException("expected p-values in [0, 1], got " + p);
            }
            largest = Math.max(largest, Math.min(1, (ascending.length - rank) * p));
            adjusted[ascending[rank]] = largest;
        }
        return adjusted;
    }
}
