package org.lesionforge.metric;

/**
 * One feature vector per image.
 *
 * @param count number of images n
 * @param dimensions length d of each vector
 * @param values n × d values, image by image
 */
public record Features(int count, int dimensions, float[] values) implements Rows {
    /** @throws IllegalArgumentException when the array is not n × d long */
    public Features {
        if (count < 0 || dimensions < 1 || values.length != (long) count * dimensions) {
            throw new IllegalArgumentException(
                    "expected " + count + " × " + dimensions + " values, got " + values.length);
        }
    }

    @Override
    public float at(int image, int dimension) {
        return values[image * dimensions + dimension];
    }
}
