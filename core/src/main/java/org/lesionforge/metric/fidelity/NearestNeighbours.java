package org.lesionforge.metric.fidelity;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The nearest vector of another set for each vector of one.
 *
 * @param index position of the nearest in the other set; of ties the first
 * @param distance Euclidean, at least 0
 */
public record NearestNeighbours(int[] index, double[] distance) {
    /**
     * Searches all pairs.
     *
     * @param from n × d
     * @param to at least one vector
     * @return n neighbours, in the order of {@code from}
     * @throws IllegalArgumentException when {@code to} is empty or the vectors are not of one length
     */
    public static NearestNeighbours of(Features from, Features to) {
        if (to.count() == 0) {
            throw new IllegalArgumentException("expected at least one image to look for neighbours in, got none");
        }
        return find(from, to, false);
    }

    /**
     * The nearest <em>other</em> vector of the same set.
     *
     * @throws IllegalArgumentException when there are fewer than 2 vectors
     */
    static NearestNeighbours within(Features x) {
        if (x.count() < 2) {
            throw new IllegalArgumentException("expected at least 2 images to find neighbours among, got " + x.count());
        }
        return find(x, x, true);
    }

    /**
     * {@return which vectors have the nearest neighbours, nearest first}
     *
     * @param most at most so many
     */
    public int[] closest(int most) {
        return IntStream.range(0, index.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance[i]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static NearestNeighbours find(Features from, Features to, boolean leaveOutSelf) {
        int[] index = new int[from.count()];
        double[] distance = new double[from.count()];
        Distances.rows(from, to, (i, squared) -> {
            int nearest = leaveOutSelf && i == 0 ? 1 : 0;
            for (int j = nearest + 1; j < squared.length; j++) {
                if (squared[j] < squared[nearest] && !(leaveOutSelf && j == i)) {
                    nearest = j;
                }
            }
            index[i] = nearest;
            distance[i] = Math.sqrt(squared[nearest]);
        });
        return new NearestNeighbours(index, distance);
    }
}
