package org.lesionforge.metric.statistics;

import java.util.Arrays;

/** Quantiles of a sample, interpolated linearly between its values as by NumPy's {@code quantile} (type 7 of Hyndman and Fan 1996). */
public final class Quantile {
    private Quantile() {}

    /**
     * {@return the value that a share of some values is at most}
     *
     * @param values at least one, in any order; not changed
     * @param share in [0, 1]: 0 gives the smallest value, 1 the largest
     * @throws IllegalArgumentException when there is no value, or {@code share} is outside [0, 1]
     */
    public static double of(double[] values, double share) {
        if (values.length == 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile is of at least one value and of a share in [0, 1], got "
                    + values.length + " and " + share);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, share);
    }

    /** As {@link #of} of values that ascend. */
    static double ofSorted(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
