package org.lesionforge.classifier.probe;

/** exp(z) / Σ exp(z), without overflow. */
final class Softmax {
    private Softmax() {}

    /**
     * Puts probabilities in the place of logits.
     *
     * @return log Σ exp(z) of the logits: less a class's logit it is that class's cross-entropy in nats
     */
    static double apply(double[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            logits[c] = Math.exp(logits[c] - highest);
            sum += logits[c];
        }
        for (int c = 0; c < logits.length; c++) {
            logits[c] /= sum;
        }
        return highest + Math.log(sum);
    }
}
