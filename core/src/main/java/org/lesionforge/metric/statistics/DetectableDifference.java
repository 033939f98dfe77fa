package org.lesionforge.metric.statistics;

/**
 * The minimum detectable difference of a test set of this size: the smallest true difference that a two-sided test at 5
 * % detects with a power of 80 %. A smaller true gain is mostly missed; an observed gain smaller than this is no
 * evidence.
 */
public final class DetectableDifference {
    /** The power at the difference that is returned. */
    static final double POWER = 0.8;

    private static final double LEVEL = 0.05;
    /** Φ⁻¹(0.975) + Φ⁻¹(0.8). */
    private static final double STANDARD_ERRORS = 1.959963984540054 + 0.8416212335729143;

    private DetectableDifference() {}

    /**
     * For the accuracies of two classifiers on the same {@code n} images, compared by the exact test of
     * {@link McNemar}: the number of discordant images is binomial (n, {@code discordant}), and of those the second
     * wins each with probability ½ + difference / (2 · discordant). Exact; it assumes independent images.
     *
     * @param n number of test images
     * @param discordant share of images that only one of the two predicts correctly, in (0, 1]: as observed, or as
     *     expected (0.1 is usual)
     * @return a difference in accuracy in (0, {@code discordant}]; {@code NaN} when even the largest possible one would
     *     be missed
     * @throws IllegalArgumentException when {@code n} is negative or {@code discordant} not in [0, 1]
     */
    public static double ofAccuracy(int n, double discordant) {
        if (n < 0 || !(discordant >= 0 && discordant <= 1)) {
            throw new IllegalArgumentException(
                    "expected a number of images and a share of them, got " + n + " and " + discordant);
        }
        if (discordant == 0 || power(n, discordant, discordant) < POWER) {
            return Double.NaN;
        }
        double low = 0;
        double high = discordant;
        while (high - low > 1e-7) {
            double middle = (low + high) / 2;
            if (power(n, discordant, middle) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * For any difference that is about normally distributed: 2.80 standard errors.
     *
     * @param standardError of the difference: DeLong's, or that of a bootstrap
     * @return a difference in the unit of {@code standardError}
     */
    public static double ofStandardError(double standardError) {
        return STANDARD_ERRORS * standardError;
    }

    /** The probability that the exact test finds a true {@code difference} significant at 5 %. */
    static double power(int n, double discordant, double difference) {
        double win = Math.min(1, 0.5 + difference / (2 * discordant));
        double mean = n * discordant;
        double reach = 8 * Math.sqrt(n * discordant * (1 - discordant)) + 1;
        double[] ofPairs = Binomial.probabilities(n, discordant);
        double power = 0;
        for (int pairs = (int) Math.max(0, mean - reach); pairs <= Math.min(n, mean + reach); pairs++) {
            power += ofPairs[pairs] * powerOfPairs(pairs, win);
        }
        return power;
    }

    private static double powerOfPairs(int pairs, double win) {
        double[] ofCoins = Binomial.probabilities(pairs, 0.5);
        double[] ofWins = Binomial.probabilities(pairs, win);
        double tail = 0;
        double found = 0;
        for (int k = 0; 2 * k < pairs; k++) {
            tail += ofCoins[k];
            if (2 * tail > LEVEL) {
                break;
            }
            found += ofWins[k] + ofWins[pairs - k];
        }
        return found;
    }
}
