package org.lesionforge.metric.statistics;

import java.util.SplittableRandom;

/**
 * The sign-flip test of paired differences (Fisher 1935, §21): if neither arm were better, each difference would be as
 * likely with the opposite sign. It makes no assumption about their distribution.
 *
 * <p>With n differences no p-value is below 2 / 2ⁿ: 0.25 for three seeds, 0.0625 for five. Fewer than six can therefore not be significant
 * at 5 %.
 */
public final class SignFlip {
    /** Up to this n all 2ⁿ sign patterns are tried; beyond, {@link #RANDOM} random ones. */
    static final int EXACT = 16;

    static final int RANDOM = 9_999;

    private SignFlip() {}

    /**
     * The two-sided p-value: the share of sign patterns whose sum is as far from 0 as the one observed, or farther.
     *
     * @param differences one per pair: per seed, or per group of images
     * @param seed of the random patterns; the observed one counts among them, so p is never 0 (Phipson and Smyth 2010)
     * @return in (0, 1]; {@code NaN} when a difference is
     * @throws IllegalArgumentException without differences
     */
    public static double pValue(double[] differences, long seed) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("expected at least one difference, got none");
        }
        double sum = 0;
        double size = 0;
        for (double difference : differences) {
            sum += difference;
            size += Math.abs(difference);
        }
        if (Double.isNaN(sum)) {
            return Double.NaN;
        }
        // Sums of equal terms in another order differ by rounding.
        double observed = Math.abs(sum) - 1e-12 * size;
        return differences.length <= EXACT ? exact(differences, observed) : random(differences, observed, seed);
    }

    private static double exact(double[] differences, double observed) {
        int patterns = 1 << differences.length;
        int extreme = 0;
        for (int pattern = 0; pattern < patterns; pattern++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        return (double) extreme / patterns;
    }

    private static double random(double[] differences, double observed, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int extreme = 1;
        for (int r = 0; r < RANDOM; r++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        return extreme / (RANDOM + 1.0);
    }
}
