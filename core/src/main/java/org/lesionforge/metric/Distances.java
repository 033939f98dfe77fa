package org.lesionforge.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Euclidean distances between the vectors of two sets, a block of rows at a time on all cores: memory grows with the larger set, never
 * with the number of pairs.
 *
 * <p>Differences of float32 values are squared and summed in float64. The faster ‖a‖² + ‖b‖² − 2aᵀb loses every digit of the distance
 * between near copies, and near copies are what memorisation looks for.
 */
final class Distances {
    /** Rows that share one passage over the other set: 16 vectors of 2048 floats fit into a core's cache. */
    private static final int BLOCK = 16;

    private Distances() {}

    /** Sees one row of distances; called once per row, for different rows from several threads at once. */
    @FunctionalInterface
    interface Row {
        /** @param squared squared distances from vector {@code i} to each of the other set; the array is used again afterwards */
        void see(int i, double[] squared);
    }

    /** @throws IllegalArgumentException when the vectors are not of one length */
    static void rows(Features from, Features to, Row row) {
        if (from.dimensions() != to.dimensions()) {
            throw new IllegalArgumentException(
                    "expected features of one length, got " + from.dimensions() + " and " + to.dimensions());
        }
        int blocks = (from.count() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(b -> block(from, b * BLOCK, to, row));
    }

    private static void block(Features from, int first, Features to, Row row) {
        int rows = Math.min(BLOCK, from.count() - first);
        double[][] squared = new double[rows][to.count()];
        for (int j = 0; j < to.count(); j++) {
            for (int i = 0; i < rows; i++) {
                squared[i][j] = squared(from, first + i, to, j);
            }
        }
        for (int i = 0; i < rows; i++) {
            row.see(first + i, squared[i]);
        }
    }

    /**
     * Squared distance from each vector to its k-th nearest in the same set, itself left out.
     *
     * @throws IllegalArgumentException unless there are more than {@code k} vectors
     */
    static double[] squaredRadii(Features x, int k) {
        if (k < 1 || x.count() <= k) {
            throw new IllegalArgumentException(
                    "the distance to neighbour " + k + " needs at least " + (k + 1) + " images, got " + x.count());
        }
        double[] radii = new double[x.count()];
        rows(x, x, (i, squared) -> {
            squared[i] = Double.POSITIVE_INFINITY;
            Arrays.sort(squared);
            radii[i] = squared[k - 1];
        });
        return radii;
    }

    private static double squared(Features a, int i, Features b, int j) {
        int d = a.dimensions();
        float[] x = a.values();
        float[] y = b.values();
        int atX = i * d;
        int atY = j * d;
        // Four sums keep the adder busy; one sum would wait for itself.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < d; k += 4) {
            double d0 = (double) x[atX + k] - y[atY + k];
            double d1 = (double) x[atX + k + 1] - y[atY + k + 1];
            double d2 = (double) x[atX + k + 2] - y[atY + k + 2];
            double d3 = (double) x[atX + k + 3] - y[atY + k + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; k < d; k++) {
            double difference = (double) x[atX + k] - y[atY + k];
            s0 += difference * difference;
        }
        return s0 + s1 + s2 + s3;
    }
}
