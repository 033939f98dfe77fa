package org.lesionforge.metric.statistics;

/** The binomial distribution. */
final class Binomial {
    private Binomial() {}

    /** Chance of 0, 1, … {@code n} successes in {@code n} trials that succeed with probability {@code p} each. */
    static double[] probabilities(int n, double p) {
        double[] probabilities = new double[n + 1];
        if (p == 0 || p == 1) {
            probabilities[p == 0 ? 0 : n] = 1;
            return probabilities;
        }
        double logTerm = n * Math.log1p(-p);
        double logOdds = Math.log(p) - Math.log1p(-p);
        for (int k = 0; k <= n; k++) {
            probabilities[k] = Math.exp(logTerm);
            logTerm += Math.log(n - k) - Math.log(k + 1.0) + logOdds;
        }
        return probabilities;
    }
}
