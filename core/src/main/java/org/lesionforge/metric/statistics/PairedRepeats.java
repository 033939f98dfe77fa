package org.lesionforge.metric.statistics;

import java.util.stream.DoubleStream;

/**
 * Two arms compared over seeds: the k-th value of both was measured with the same seed on the same test images.
 *
 * <p>Both tests are about repeated training with the same test images. They say nothing about other test images; for
 * that see {@code Estimate.ofDifference}.
 *
 * <p>Where all differences are equal and not 0, there is no spread that their mean could be held against: the interval, t and its p are {@code
 * NaN}, not a certainty. Where moreover each arm's values are equal, as of a fit that has no chance in it, the seeds repeat one measurement,
 * and the p of the sign flips is {@code NaN} as well.
 *
 * @param difference b minus a
 * @param t Student's statistic
 * @param pStudent paired t-test, two-sided; assumes normal differences; {@code NaN} for a single seed
 * @param pSignFlip {@link SignFlip}, two-sided; cannot be below 2 / 2ⁿ for n seeds, n ≤ 16
 */
public record PairedRepeats(Repeats difference, double t, double pStudent, double pSignFlip) {
    /** Of a measure's size: what equal differences of other numbers may differ by. */
    private static final double ROUNDING = 1e-12;

    /**
     * Tests the differences b − a.
     *
     * @param a the first arm's values, by seed
     * @param b the second arm's, seeds in the same order
     * @return the differences, and two tests of them
     * @throws IllegalArgumentException unless both have the same number of values, and at least one
     */
    public static PairedRepeats of(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "expected as many seeds of a as of b, got " + a.length + " and " + b.length);
        }
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = b[i] - a[i];
        }
        Repeats repeats = Repeats.of(differences);
        double rounding = ROUNDING * Math.max(size(a), size(b));
        if (a.length > 1 && range(differences) <= rounding && Math.abs(repeats.mean()) > rounding) {
            boolean repeated = range(a) <= rounding && range(b) <= rounding;
            return new PairedRepeats(
                    new Repeats(repeats.n(), repeats.mean(), repeats.std(), new Interval(Double.NaN, Double.NaN)),
                    Double.NaN,
                    Double.NaN,
                    repeated ? Double.NaN : SignFlip.pValue(differences, 0));
        }
        double t = repeats.mean() == 0 ? 0 * repeats.std() : repeats.mean() / repeats.std() * Math.sqrt(repeats.n());
        return new PairedRepeats(
                repeats,
                t,
                Double.isNaN(t) ? Double.NaN : StudentT.twoSided(t, repeats.n() - 1),
                SignFlip.pValue(differences, 0));
    }

    private static double size(double[] values) {
        return DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    }

    private static double range(double[] values) {
        return DoubleStream.of(values).max().orElseThrow()
                - DoubleStream.of(values).min().orElseThrow();
    }
}
