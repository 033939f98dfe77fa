package org.lesionforge.classifier;

/**
 * (x − mean) · scale for each dimension, where scale is one over the standard deviation; 1 where nothing varies.
 *
 * @param mean of each dimension
 * @param scale of each dimension
 */
record Standardisation(float[] mean, float[] scale) {
    private static final double CONSTANT = 1e-6;

    /** @param rows n × d, n at least 1 */
    static Standardisation of(float[][] rows) {
        int dimensions = rows[0].length;
        float[] mean = new float[dimensions];
        float[] scale = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            double sum = 0;
            for (float[] row : rows) {
                sum += row[d];
            }
            double centre = sum / rows.length;
            double squares = 0;
            for (float[] row : rows) {
                squares += (row[d] - centre) * (row[d] - centre);
            }
            double deviation = Math.sqrt(squares / rows.length);
            mean[d] = (float) centre;
            scale[d] = (float) (deviation < CONSTANT ? 1 : 1 / deviation);
        }
        return new Standardisation(mean, scale);
    }

    /** @return n × d values, row by row */
    float[] apply(float[][] rows) {
        int dimensions = mean.length;
        float[] values = new float[Math.multiplyExact(rows.length, dimensions)];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < dimensions; d++) {
                values[i * dimensions + d] = (rows[i][d] - mean[d]) * scale[d];
            }
        }
        return values;
    }
}
