package org.lesionforge.metric.statistics;

/** The standard normal distribution. */
public final class Normal {
    /** Where both the series and the continued fraction have float64 accuracy. */
    private static final double SWITCH = 3;

    private Normal() {}

    /**
     * {@return P(Z ≤ z), with a small relative error in the lower tail, too, which gives p-values}
     *
     * @param z any; {@code NaN} gives {@code NaN}
     */
    public static double lowerTail(double z) {
        if (Double.isNaN(z)) {
            return Double.NaN;
        }
        if (z > 0) {
            return 1 - lowerTail(-z);
        }
        double x = -z;
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        return x < SWITCH ? 0.5 - density * series(x) : density * fraction(x);
    }

    /** Φ(x) − ½ over the density: x + x³/3 + x⁵/(3·5) + … (Abramowitz and Stegun 26.2.11). */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; term > sum * 1e-17; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return sum;
    }

    /** Upper tail over the density: 1/(x + 1/(x + 2/(x + 3/(x + …)))) (Abramowitz and Stegun 26.2.14), from the inside. */
    private static double fraction(double x) {
        double value = x;
        for (int k = 100; k > 0; k--) {
            value = x + k / value;
        }
        return 1 / value;
    }
}
