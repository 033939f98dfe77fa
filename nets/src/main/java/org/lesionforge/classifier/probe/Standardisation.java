package org.lesionforge.classifier.probe;

import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureArray;

/**
 * (x − mean) · scale for each feature, where scale is one over the standard deviation; 0 for a feature that does not vary, which so drops out.
 *
 * @param mean of each feature
 * @param scale of each feature
 */
record Standardisation(double[] mean, double[] scale) {
    /** Of the feature's root mean square: a deviation below it is float32's rounding. */
    private static final double CONSTANT = 1e-6;

    /**
     * By some of the vectors.
     *
     * @param rows indices of them, at least one
     * @throws UnusableInputException when a value is infinite or NaN
     */
    static Standardisation of(FeatureArray features, int[] rows) {
        int d = features.dimensions();
        double[] mean = new double[d];
        for (int row : rows) {
            for (int j = 0, at = row * d; j < d; j++, at++) {
                mean[j] += features.values()[at];
            }
        }
        for (int j = 0; j < d; j++) {
            mean[j] /= rows.length;
            if (!Double.isFinite(mean[j])) {
                throw new UnusableInputException("the network's feature " + j + " is " + mean[j]
                        + " in the mean over the training images; its weights are damaged, name others with --weights");
            }
        }
        double[] variance = new double[d];
        for (int row : rows) {
            for (int j = 0, at = row * d; j < d; j++, at++) {
                double deviation = features.values()[at] - mean[j];
                variance[j] += deviation * deviation;
            }
        }
        double[] scale = new double[d];
        for (int j = 0; j < d; j++) {
            double deviation = Math.sqrt(variance[j] / rows.length);
            scale[j] = deviation <= CONSTANT * Math.hypot(mean[j], deviation) ? 0 : 1 / deviation;
        }
        return new Standardisation(mean, scale);
    }

    /** How many features vary: the mean squared length of a standardised vector. */
    int varying() {
        int varying = 0;
        for (double each : scale) {
            varying += each > 0 ? 1 : 0;
        }
        return varying;
    }

    /** Writes vector {@code row}, standardised, to {@code target}. */
    void read(FeatureArray features, int row, double[] target) {
        float[] values = features.values();
        for (int j = 0, at = row * target.length; j < target.length; j++, at++) {
            target[j] = (values[at] - mean[j]) * scale[j];
        }
    }
}
