package org.lesionforge.metric.fidelity;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sum over the coordinates of every pair of vectors from two sets, a block of rows at a time on all cores: memory grows with the larger
 * set, never with the number of pairs.
 *
 * <p>float32 values are subtracted, multiplied and summed in float64, in the order of the coordinates, so the sums of
 * (i, j) and (j, i) are equal to the last digit. The faster ‖a‖² + ‖b‖² − 2aᵀb loses all digits of the distance between
 * near copies, which the memorisation measures have to find.
 */
final class Pairs {
    /** Rows that share a prepared block of the other set. */
    private static final int ROWS = 32;
    /** Vectors of the other set in a prepared block: 256 of 768 coordinates take 1.5 MB. */
    private static final int COLUMNS = 256;
    /** Limit of values of the other set that are copied into memory: 64 MB. */
    private static final long MOST_HELD = 16L << 20;
    /** Coordinates added in one pass over the sums. */
    private static final int STEP = 4;

    /** What is summed. */
    enum Term {
        /** Gives squared Euclidean distances. */
        SQUARED_DIFFERENCE,
        /** Gives inner products. */
        PRODUCT
    }

    /** Receives the sums of one row; called once per row, for different rows from several threads at once. */
    @FunctionalInterface
    interface Row {
        /** @param sums of vector {@code i} with each of the other set; the array is reused */
        void see(int i, double[] sums);
    }

    private Pairs() {}

    /** @throws IllegalArgumentException when the vectors are not of one length */
    static void rows(Features from, Features to, Term term, Row row) {
        if (from.dimensions() != to.dimensions()) {
            throw new IllegalArgumentException(
                    "expected features of one length, got " + from.dimensions() + " and " + to.dimensions());
        }
        int blocks = (from.count() + ROWS - 1) / ROWS;
        Features others = held(to);
        IntStream.range(0, blocks).parallel().forEach(b -> block(from, b * ROWS, others, term, row));
    }

    /** The vectors in memory, if they fit, since every block of rows reads all of them. */
    private static Features held(Features x) {
        return (long) x.count() * x.dimensions() <= MOST_HELD ? FeatureArray.of(x) : x;
    }

    private static void block(Features from, int first, Features to, Term term, Row row) {
        int rows = Math.min(ROWS, from.count() - first);
        double[][] x = new double[rows][];
        for (int i = 0; i < rows; i++) {
            x[i] = padded(from, first + i);
        }
        double[][] sums = new double[rows][to.count()];
        for (int column = 0; column < to.count(); column += COLUMNS) {
            int width = Math.min(COLUMNS, to.count() - column);
            double[][] y = transposed(to, column, width);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(sums(x[i], y, width, term), 0, sums[i], column, width);
            }
        }
        for (int i = 0; i < rows; i++) {
            row.see(first + i, sums[i]);
        }
    }

    /** Zeros after the last coordinate add nothing to any sum. */
    private static int paddedLength(Features x) {
        return (x.dimensions() + STEP - 1) / STEP * STEP;
    }

    private static double[] padded(Features x, int i) {
        double[] padded = new double[paddedLength(x)];
        float[] vector = x.vector(i);
        for (int k = 0; k < vector.length; k++) {
            padded[k] = vector[k];
        }
        return padded;
    }

    /** Coordinate by coordinate, so that adjacent values are summed in the processor's vector registers. */
    private static double[][] transposed(Features x, int first, int width) {
        double[][] coordinates = new double[paddedLength(x)][width];
        float[] vector = new float[x.dimensions()];
        for (int j = 0; j < width; j++) {
            x.read(first + j, vector, 0);
            for (int k = 0; k < vector.length; k++) {
                coordinates[k][j] = vector[k];
            }
        }
        return coordinates;
    }

    private static double[] sums(double[] x, double[][] y, int width, Term term) {
        double[] sums = new double[width];
        for (int k = 0; k < x.length; k += STEP) {
            double[] four = Arrays.copyOfRange(x, k, k + STEP);
            switch (term) {
                case SQUARED_DIFFERENCE -> addSquaredDifferences(sums, four, y[k], y[k + 1], y[k + 2], y[k + 3]);
                case PRODUCT -> addProducts(sums, four, y[k], y[k + 1], y[k + 2], y[k + 3]);
            }
        }
        return sums;
    }

    private static void addSquaredDifferences(
            double[] sums, double[] x, double[] y0, double[] y1, double[] y2, double[] y3) {
        double x0 = x[0];
        double x1 = x[1];
        double x2 = x[2];
        double x3 = x[3];
        for (int j = 0; j < sums.length; j++) {
            double d0 = x0 - y0[j];
            double d1 = x1 - y1[j];
            double d2 = x2 - y2[j];
            double d3 = x3 - y3[j];
            sums[j] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
        }
    }

    private static void addProducts(double[] sums, double[] x, double[] y0, double[] y1, double[] y2, double[] y3) {
        double x0 = x[0];
        double x1 = x[1];
        double x2 = x[2];
        double x3 = x[3];
        for (int j = 0; j < sums.length; j++) {
            sums[j] += x0 * y0[j] + x1 * y1[j] + x2 * y2[j] + x3 * y3[j];
        }
    }
}
