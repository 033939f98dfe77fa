package org.lesionforge.metric.fidelity;

/**
 * Feature vectors that are held in memory.
 *
 * @param count number of images n
 * @param dimensions length d of each vector
 * @param values n × d values, image by image
 */
public record FeatureArray(int count, int dimensions, float[] values) implements Features {
    /**
     * Refuses an array of another length.
     *
     * @param count n
     * @param dimensions d, at least 1
     * @param values not copied
     * @throws IllegalArgumentException when the array is not n × d long
     */
    public FeatureArray {
        if (count < 0 || dimensions < 1 || values.length != (long) count * dimensions) {
            throw new IllegalArgumentException(
                    "expected " + count + " × " + dimensions + " values, got " + values.length);
        }
    }

    /**
     * {@return all vectors of {@code features}, which must be few enough for one array; not copied where they are held
     * already}
     *
     * @param features n × d, below 2³¹ values
     */
    public static FeatureArray of(Features features) {
        if (features instanceof FeatureArray held) {
            return held;
        }
        int d = features.dimensions();
        float[] values = new float[Math.multiplyExact(features.count(), d)];
        for (int i = 0; i < features.count(); i++) {
            features.read(i, values, i * d);
        }
        return new FeatureArray(features.count(), d, values);
    }

    @Override
    public void read(int i, float[] target, int offset) {
        System.arraycopy(values, i * dimensions, target, offset, dimensions);
    }
}
