package org.lesionforge.classifier.probe;

import org.lesionforge.metric.fidelity.FeatureArray;

/**
 * A last layer: softmax of W x + b, where x is a vector of features as the network gives it, not standardised.
 *
 * @param weights W, classes × d
 * @param bias b, one per class
 */
public record LinearHead(double[][] weights, double[] bias) {
    /** As {@code weights} and {@code bias} of standardised vectors, for vectors as they are. */
    static LinearHead of(double[][] weights, double[] bias, Standardisation standardisation) {
        double[][] folded = new double[weights.length][];
        double[] shifted = bias.clone();
        for (int c = 0; c < weights.length; c++) {
            folded[c] = weights[c].clone();
            for (int j = 0; j < folded[c].length; j++) {
                folded[c][j] *= standardisation.scale()[j];
                shifted[c] -= folded[c][j] * standardisation.mean()[j];
            }
        }
        return new LinearHead(folded, shifted);
    }

    /**
     * {@return the probability of each class for each vector, n × classes; each row adds up to 1}
     *
     * @param features n × d
     */
    public double[][] probabilities(FeatureArray features) {
        double[][] probabilities = new double[features.count()][];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = logits(features, i);
            Softmax.apply(probabilities[i]);
        }
        return probabilities;
    }

    /** In nats, of vector {@code i}. */
    double crossEntropy(FeatureArray features, int i, int label) {
        double[] outputs = logits(features, i);
        double logit = outputs[label];
        return Softmax.apply(outputs) - logit;
    }

    /** Of class 1 against class 0, of vector {@code i}. */
    double logOdds(FeatureArray features, int i) {
        double[] outputs = logits(features, i);
        return outputs[1] - outputs[0];
    }

    private double[] logits(FeatureArray features, int i) {
        int d = features.dimensions();
        double[] logits = bias.clone();
        for (int c = 0; c < logits.length; c++) {
            for (int j = 0; j < d; j++) {
                logits[c] += weights[c][j] * features.values()[i * d + j];
            }
        }
        return logits;
    }
}
