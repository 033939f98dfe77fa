package org.lesionforge.metric.statistics;

/** Mean and standard deviation of a few numbers. */
public final class Moments {
    private Moments() {}

    /**
     * {@return the mean; {@code NaN} without values}
     *
     * @param values in any order
     */
    public static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /**
     * {@return the standard deviation, divided by n, not n − 1}
     *
     * @param values at least one
     */
    public static double populationStd(double[] values) {
        return Math.sqrt(squaredDeviations(values) / values.length);
    }

    /** Divided by n − 1. */
    static double sampleStd(double[] values) {
        return Math.sqrt(squaredDeviations(values) / (values.length - 1));
    }

    private static double squaredDeviations(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }
}
