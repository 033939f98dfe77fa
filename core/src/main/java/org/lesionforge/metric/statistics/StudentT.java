package org.lesionforge.metric.statistics;

/** Student's t distribution with a whole number of degrees of freedom, by its finite series (Abramowitz and Stegun 26.7.3, 26.7.4). */
final class StudentT {
    private StudentT() {}

    /** P(|T| ≥ |t|), with an absolute error of about 1e-15. */
    static double twoSided(double t, int freedom) {
        return Math.max(0, 1 - inside(Math.abs(t), freedom));
    }

    /** The t that |T| exceeds with probability {@code p}, 0 &lt; p &lt; 1. */
    static double critical(double p, int freedom) {
        double low = 0;
        double high = 1;
        while (twoSided(high, freedom) > p) {
            high *= 2;
        }
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (twoSided(middle, freedom) > p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** P(|T| &lt; t). */
    private static double inside(double t, int freedom) {
        if (freedom < 1) {
            throw new IllegalArgumentException("expected at least 1 degree of freedom, got " + freedom);
        }
        double angle = Math.atan2(t, Math.sqrt(freedom));
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
