package org.lesionforge.metric.statistics;

/** McNemar's test: whether the accuracies of two classifiers on the same images differ by more than chance. */
public final class McNemar {
    private McNemar() {}

    /**
     * The exact two-sided p-value: if both were equally accurate, each image that only one predicted correctly would
     * favour either with probability ½, so p is twice the binomial tail at the smaller count, at most 1. Unlike the χ²
     * form it needs no minimum count.
     *
     * @param onlyA images that only the first got right
     * @param onlyB images that only the second got right
     * @return in (0, 1]; 1 without such images
     * @throws IllegalArgumentException when a count is negative
     */
    public static double exact(int onlyA, int onlyB) {
        if (onlyA < 0 || onlyB < 0) {
            throw new IllegalArgumentException("expected counts, got " + onlyA + " and " + onlyB);
        }
        double[] ofCoins = Binomial.probabilities(onlyA + onlyB, 0.5);
        double tail = 0;
        for (int k = 0; k <= Math.min(onlyA, onlyB); k++) {
            tail += ofCoins[k];
        }
        return Math.min(1, 2 * tail);
    }
}
