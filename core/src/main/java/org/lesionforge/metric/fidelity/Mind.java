package org.lesionforge.metric.fidelity;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The sliced Wasserstein distance MIND (arXiv 2605.06797): 3 d times the mean, over random unit directions, of the squared
 * Wasserstein-2 distance between the projections of both sets. That of equally many values is the mean squared difference
 * of the sorted ones. A shift by δ alone gives 3 ‖δ‖² in the mean over all directions. It needs no covariance, so that it
 * tells generators apart by one or two thousand images.
 */
public final class Mind {
    /** As published: a thousand directions. */
    public static final int DIRECTIONS = 1000;

    private Mind() {}

    /**
     * Takes 1,000 directions.
     *
     * @param a n × d, n at least 1
     * @param b n × d
     * @param seed of the directions
     * @return at least 0, in squared feature units; the same for any number of threads
     * @throws IllegalArgumentException when n or d differs, or n is 0
     */
    public static double between(Features a, Features b, long seed) {
        return between(a, b, DIRECTIONS, seed);
    }

    static double between(Features a, Features b, int directions, long seed) {
        if (a.count() != b.count() || a.count() == 0 || a.dimensions() != b.dimensions()) {
            throw new IllegalArgumentException("expected equally many vectors of one length, at least one, got "
                    + a.count() + " of " + a.dimensions() + " and " + b.count() + " of " + b.dimensions());
        }
        FeatureArray heldA = FeatureArray.of(a);
        FeatureArray heldB = FeatureArray.of(b);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] units = new double[directions][];
        for (int k = 0; k < directions; k++) {
            units[k] = unit(a.dimensions(), random);
        }
        double[] squared = IntStream.range(0, directions)
                .parallel()
                .mapToDouble(k -> meanSquare(projected(heldA, units[k]), projected(heldB, units[k])))
                .toArray();
        double sum = 0;
        for (double each : squared) {
            sum += each;
        }
        return 3.0 * a.dimensions() * sum / directions;
    }

    /** Uniform on the sphere. */
    private static double[] unit(int d, SplittableRandom random) {
        double[] direction = new double[d];
        double squares = 0;
        for (int j = 0; j < d; j++) {
            direction[j] = random.nextGaussian();
            squares += direction[j] * direction[j];
        }
        double length = Math.sqrt(squares);
        for (int j = 0; j < d; j++) {
            direction[j] /= length;
        }
        return direction;
    }

    /** Sorted. */
    private static double[] projected(FeatureArray x, double[] direction) {
        double[] projected = new double[x.count()];
        float[] values = x.values();
        for (int i = 0; i < projected.length; i++) {
            double sum = 0;
            for (int j = 0, at = i * direction.length; j < direction.length; j++, at++) {
                sum += values[at] * direction[j];
            }
            projected[i] = sum;
        }
        Arrays.sort(projected);
        return projected;
    }

    private static double meanSquare(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum / a.length;
    }
}
