package org.lesionforge.metric.statistics;

/**
 * The same measurement repeated with several seeds.
 *
 * @param n number of values
 * @param mean of them
 * @param std standard deviation of one value, divided by n − 1; {@code NaN} for a single value
 * @param ci95 of the mean, by Student's t, for other seeds on the <em>same</em> test images, not for other test images;
 *     both bounds {@code NaN} for a single value
 */
public record Repeats(int n, double mean, double std, Interval ci95) {
    /**
     * Summarises what each seed gave.
     *
     * @param values in any order
     * @return mean, deviation and interval
     * @throws IllegalArgumentException without values
     */
    public static Repeats of(double... values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("expected at least one value, got none");
        }
        double mean = Moments.mean(values);
        if (n == 1) {
            return new Repeats(1, mean, Double.NaN, new Interval(Double.NaN, Double.NaN));
        }
        double std = Moments.sampleStd(values);
        double half = StudentT.critical(0.05, n - 1) * std / Math.sqrt(n);
        return new Repeats(n, mean, std, new Interval(mean - half, mean + half));
    }
}
