package org.lesionforge.metric;

/**
 * Temperature scaling (Guo et al. 2017): one number, fitted on validation images, that calibrates probabilities. Logits
 * are divided by it, which changes neither the ranking of two classes nor the most probable class.
 *
 * @param value above 1 where the classifier is overconfident, below 1 where it is underconfident; in [0.01, 100], of
 *     which the ends mean that the validation images set no bound (all predicted correctly, or worse than guessing)
 * @param lossBefore mean cross-entropy of the images fitted on, in nats
 * @param lossAfter likewise, with the temperature
 */
public record Temperature(double value, double lossBefore, double lossAfter) {
    /** Probabilities are stored with eight decimals: smaller ones become 0, which has no logarithm. */
    private static final double LEAST = 5e-9;

    private static final double WIDEST = Math.log(100);

    /**
     * The temperature of least cross-entropy; the loss is convex in 1 / temperature, so there is one.
     *
     * @param truth n class indices, of validation images
     * @param probabilities n × classes
     * @return the temperature, and the loss without and with it
     * @throws IllegalArgumentException without images, or when the lengths differ
     */
    public static Temperature fit(int[] truth, double[][] probabilities) {
        if (truth.length == 0 || probabilities.length != truth.length) {
            throw new IllegalArgumentException("expected probabilities of one image or more for as many truths, got "
                    + probabilities.length + " and " + truth.length);
        }
        double low = -WIDEST;
        double high = WIDEST;
        while (high - low > 1e-12) {
            double middle = (low + high) / 2;
            if (slope(truth, probabilities, Math.exp(-middle)) <= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double value = Math.exp((low + high) / 2);
        return new Temperature(value, loss(truth, probabilities, 1), loss(truth, probabilities, 1 / value));
    }

    /**
     * {@return probabilities with the temperature: n × classes, each row adds up to 1}
     *
     * @param probabilities n × classes, as the classifier gives them
     */
    public double[][] apply(double[][] probabilities) {
        double[][] scaled = new double[probabilities.length][];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scaled(probabilities[i], 1 / value);
        }
        return scaled;
    }

    /**
     * Derivative of the loss by the inverse temperature: mean expected log-probability minus that of the true class.
     */
    private static double slope(int[] truth, double[][] probabilities, double inverse) {
        double slope = 0;
        for (int i = 0; i < truth.length; i++) {
            double[] scaled = scaled(probabilities[i], inverse);
            for (int c = 0; c < scaled.length; c++) {
                slope += scaled[c] * (log(probabilities[i][c]) - log(probabilities[i][truth[i]]));
            }
        }
        return slope;
    }

    private static double loss(int[] truth, double[][] probabilities, double inverse) {
        double loss = 0;
        for (int i = 0; i < truth.length; i++) {
            loss -= log(scaled(probabilities[i], inverse)[truth[i]]);
        }
        return loss / truth.length;
    }

    /**
     * Softmax of the logarithms times {@code inverse}: logits are these logarithms up to a constant, which does not
     * change softmax.
     */
    private static double[] scaled(double[] probabilities, double inverse) {
        double highest = 0;
        for (double probability : probabilities) {
            highest = Math.max(highest, probability);
        }
        double[] scaled = new double[probabilities.length];
        double sum = 0;
        for (int c = 0; c < scaled.length; c++) {
            scaled[c] = Math.exp(inverse * (log(probabilities[c]) - log(highest)));
            sum += scaled[c];
        }
        for (int c = 0; c < scaled.length; c++) {
            scaled[c] /= sum;
        }
        return scaled;
    }

    private static double log(double probability) {
        return Math.log(Math.max(LEAST, probability));
    }
}
