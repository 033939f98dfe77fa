package org.lesionforge.classifier;

import org.lesionforge.metric.fidelity.FeatureArray;

/**
 * (x − mean) · scale for each dimension, where scale is one over the standard deviation; 1 where nothing varies.
 *
 * @param mean of each dimension
 * @param scale of each dimension
 */
record Standardisation(float[] mean, float[] scale) {
    private static final double CONSTANT = 1e-6;

    /** @param features n × d, n at least 1 */
    static Standardisation of(FeatureArray features) {
        int n = features.count();
        int dimensions = features.dimensions();
        float[] values = features.values();
        float[] mean = new float[dimensions];
        float[] scale = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += values[i * dimensions + d];
            }
            double centre = sum / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double deviation = values[i * dimensions + d] - centre;
                squares += deviation * deviation;
            }
            double deviation = Math.sqrt(squares / n);
            mean[d] = (float) centre;
            scale[d] = (float) (deviation < CONSTANT ? 1 : 1 / deviation);
        }
        return new Standardisation(mean, scale);
    }

    /**
     * @param rows n × d values, row by row
     * @return likewise
     */
    float[] apply(float[] rows) {
        float[] values = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int d = i % mean.length;
            values[i] = (rows[i] - mean[d]) * scale[d];
        }
        return values;
    }
}
