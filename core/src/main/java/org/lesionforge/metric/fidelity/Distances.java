package org.lesionforge.metric.fidelity;

import java.util.Arrays;

/** Euclidean distances between the vectors of two sets. */
final class Distances {
    private Distances() {}

    /**
     * Squared distances from each vector of one set to each of the other, row by row.
     *
     * @throws IllegalArgumentException when the vectors are not of one length
     */
    static void rows(Features from, Features to, Pairs.Row row) {
        Pairs.rows(from, to, Pairs.Term.SQUARED_DIFFERENCE, row);
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
}
