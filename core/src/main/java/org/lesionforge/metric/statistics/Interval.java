package org.lesionforge.metric.statistics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A 95 % confidence interval, {@code [low, high]} in JSON.
 *
 * @param low lower bound, in the unit of what it bounds
 * @param high upper bound
 */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Interval of(double[] bounds) {
        if (bounds.length != 2) {
            throw new IllegalArgumentException("an interval is a list of its two ends, got " + bounds.length);
        }
        return new Interval(bounds[0], bounds[1]);
    }

    @JsonValue
    double[] bounds() {
        return new double[] {low, high};
    }

    /** A normal estimate's interval: 1.96 standard errors to each side. */
    static Interval normal(double estimate, double standardError) {
        return new Interval(estimate - Z * standardError, estimate + Z * standardError);
    }

    /**
     * {@return the interval from the 2.5th to the 97.5th percentile of many estimates, interpolated as by NumPy's
     * {@code quantile}}
     *
     * @param sorted ascending, at least one value
     */
    public static Interval percentile(double[] sorted) {
        return new Interval(Quantile.ofSorted(sorted, 0.025), Quantile.ofSorted(sorted, 0.975));
    }

    /** {@return the standard error of an estimate that is about normal: half the width over 1.96} */
    public double standardError() {
        return (high - low) / (2 * Z);
    }

    /**
     * Of the difference a − b of two independent proportions, from the interval of each: with
     * {@linkplain #wilson Wilson's} it is Newcombe's tenth method (1998), which keeps its coverage with few trials and
     * near 0 or 1.
     *
     * @param a one proportion
     * @param ofA its 95 % interval; [a, a] where it is known
     * @param b the other proportion
     * @param ofB its 95 % interval; [b, b] where it is known
     * @return bounds of a − b
     */
    public static Interval ofDifference(double a, Interval ofA, double b, Interval ofB) {
        return new Interval(
                a - b - Math.hypot(a - ofA.low, ofB.high - b), a - b + Math.hypot(ofA.high - a, b - ofB.low));
    }

    /**
     * {@return whether the two have no value in common; false where one is undefined}
     *
     * @param other of a figure in the same unit
     */
    public boolean isApartFrom(Interval other) {
        return low > other.high || other.low > high;
    }

    /**
     * {@return whether {@code value} lies in it, bounds included}
     *
     * @param value in the unit of the bounds
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /**
     * Wilson's score interval of a proportion (Wilson 1927), which unlike the normal approximation stays inside [0, 1]
     * and is valid for few trials and for proportions near 0 or 1. It assumes independent trials, so it is too narrow
     * when several images show one lesion.
     *
     * @param successes 0 to {@code trials}
     * @param trials independent ones
     * @return bounds in [0, 1]; both {@code NaN} without trials
     * @throws IllegalArgumentException when there are more successes than trials, or fewer than 0
     */
    public static Interval wilson(int successes, int trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException("expected 0 to " + trials + " successes, got " + successes);
        }
        double n = trials;
        double p = successes / n;
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
