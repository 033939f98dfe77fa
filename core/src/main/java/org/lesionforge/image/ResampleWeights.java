package org.lesionforge.image;

import java.util.Arrays;

/**
 * The source samples of each target sample along one axis, and their weights.
 *
 * <p>When shrinking, the filter is widened by the scale: that is the antialiasing. Follows {@code precompute_coeffs} of Pillow's {@code
 * Resample.c}, including that samples outside the region, but inside the image, count.
 *
 * @param first the first source sample of each target sample
 * @param values the weights of each target sample, which sum to 1
 */
record ResampleWeights(int[] first, double[][] values) {
    /** Bits after the binary point of {@link #fixedPoint}: 32 less 8 for the sample and 2 for overshoot. */
    static final int PRECISION_BITS = 22;

    /**
     * @param sourceSize samples of the source
     * @param start where the region of the source begins, in samples
     * @param end where it ends
     * @param targetSize samples of the target
     */
    static ResampleWeights of(int sourceSize, double start, double end, int targetSize, Filter filter) {
        double scale = (end - start) / targetSize;
        double filterScale = Math.max(1, scale);
        double support = filter.support() * filterScale;
        int[] first = new int[targetSize];
        double[][] values = new double[targetSize][];
        for (int i = 0; i < targetSize; i++) {
            double centre = start + (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - support + 0.5));
            int high = Math.min(sourceSize, (int) (centre + support + 0.5));
            first[i] = low;
            values[i] = normalised(low, high - low, centre, filterScale, filter);
        }
        return new ResampleWeights(first, values);
    }

    private static double[] normalised(int low, int count, double centre, double filterScale, Filter filter) {
        double[] weights = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            weights[k] = filter.weight((k + low - centre + 0.5) / filterScale);
            sum += weights[k];
        }
        for (int k = 0; k < count; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    /** Number of target samples. */
    int size() {
        return first.length;
    }

    /** The source sample after the last one of target sample {@code i}. */
    int end(int i) {
        return first[i] + values[i].length;
    }

    /** Largest number of source samples of a target sample. */
    int most() {
        return Arrays.stream(values).mapToInt(weights -> weights.length).max().orElse(0);
    }

    /** The weights times 2^{@value #PRECISION_BITS}, rounded half away from zero. */
    int[][] fixedPoint() {
        int[][] fixed = new int[values.length][];
        for (int i = 0; i < values.length; i++) {
            fixed[i] = new int[values[i].length];
            for (int k = 0; k < fixed[i].length; k++) {
                double scaled = values[i][k] * (1 << PRECISION_BITS);
                fixed[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return fixed;
    }
}
