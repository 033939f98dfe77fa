package org.lesionforge.metric.fidelity;

import org.lesionforge.metric.statistics.Moments;

/**
 * Inception Score (Salimans et al. 2016): exp E KL(p(y|x) ‖ p(y)). 1 when all images have the same prediction, k when
 * the images fall with certainty into k classes in equal shares. The classes are ImageNet's, so it says little about
 * skin images; it is included because the paper plots it.
 *
 * @param mean over the splits
 * @param std over the splits, of the population (divided by their number), as the reference implementation has it
 */
public record InceptionScore(double mean, double std) {
    /** As published: ten. */
    public static final int SPLITS = 10;

    /**
     * In float64, the softmax included.
     *
     * @param logits n × classes, before softmax; images are split in the order given
     * @param splits number of equal parts, 1 to n
     * @return mean and deviation over the splits
     * @throws IllegalArgumentException unless {@code splits} is 1 to n
     */
    public static InceptionScore of(Features logits, int splits) {
        int n = logits.count();
        if (splits < 1 || splits > n) {
            throw new IllegalArgumentException("expected 1 to " + n + " splits of " + n + " images, got " + splits);
        }
        double[] scores = new double[splits];
        for (int s = 0; s < splits; s++) {
            scores[s] = score(logits, (int) ((long) n * s / splits), (int) ((long) n * (s + 1) / splits));
        }
        return new InceptionScore(Moments.mean(scores), Moments.populationStd(scores));
    }

    private static double score(Features logits, int from, int to) {
        double[] marginal = new double[logits.dimensions()];
        double negativeEntropy = 0;
        for (int i = from; i < to; i++) {
            double[] p = softmax(logits.vector(i));
            for (int c = 0; c < p.length; c++) {
                marginal[c] += p[c] / (to - from);
                negativeEntropy += pLogP(p[c]);
            }
        }
        double divergence = negativeEntropy / (to - from);
        for (double p : marginal) {
            divergence -= pLogP(p);
        }
        return Math.exp(divergence);
    }

    private static double[] softmax(float[] logits) {
        double[] p = new double[logits.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < p.length; c++) {
            largest = Math.max(largest, logits[c]);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(logits[c] - largest);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    private static double pLogP(double p) {
        return p == 0 ? 0 : p * Math.log(p);
    }
}
