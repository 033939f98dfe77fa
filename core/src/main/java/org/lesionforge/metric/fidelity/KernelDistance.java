package org.lesionforge.metric.fidelity;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.metric.statistics.Moments;

/**
 * Kernel Inception Distance (Bińkowski et al. 2018): the unbiased squared maximum mean discrepancy with k(x, y) =
 * (xᵀy/d + 1)³. Unlike FID its expectation does not depend on the number of images, so it is preferable for small sets;
 * being unbiased it may be slightly below 0.
 *
 * @param wholeSet from all images at once: the best single estimate
 * @param mean over random subsets
 * @param std over random subsets, of the population; 0 when a subset is the whole set
 * @param subsets number of subsets
 * @param subsetSize images drawn, without replacement, from each side for each subset
 */
public record KernelDistance(double wholeSet, double mean, double std, int subsets, int subsetSize) {
    /** As published: a hundred subsets. */
    public static final int SUBSETS = 100;

    /** As published: a thousand images each. */
    public static final int SUBSET_SIZE = 1000;

    /** Limit of kernel values that are kept for all subsets, as floats: 256 MB. */
    private static final long MOST_HELD = 64L << 20;

    /**
     * Computes n² + nm + m² kernels and keeps them where they fit into 256 MB; otherwise those of each subset are
     * computed again, so that memory does not grow with the number of images.
     *
     * @param a n × d
     * @param b m × d
     * @param subsets number of subsets, at least 1
     * @param subsetSize images drawn from each side for each subset
     * @param seed of the draws
     * @return the whole-set estimate and its spread over subsets
     * @throws IllegalArgumentException when d differs, or {@code subsetSize} is not between 2 and the smaller of n and
     *     m
     */
    public static KernelDistance of(Features a, Features b, int subsets, int subsetSize, long seed) {
        return of(a, b, subsets, subsetSize, seed, MOST_HELD);
    }

    static KernelDistance of(Features a, Features b, int subsets, int subsetSize, long seed, long mostHeld) {
        int smaller = Math.min(a.count(), b.count());
        if (subsets < 1 || subsetSize < 2 || subsetSize > smaller) {
            throw new IllegalArgumentException(
                    "expected subsets of 2 to " + smaller + " images, got " + subsets + " subsets of " + subsetSize);
        }
        boolean held = (double) a.count() * a.count() + (double) b.count() * b.count() + (double) a.count() * b.count()
                <= mostHeld;
        Discrepancy discrepancy = held ? ofHeldKernels(a, b) : (i, j) -> wholeSet(chosen(a, i), chosen(b, j));
        SplittableRandom random = new SplittableRandom(seed);
        double[] estimates = new double[subsets];
        for (int s = 0; s < subsets; s++) {
            estimates[s] = discrepancy.of(draw(a.count(), subsetSize, random), draw(b.count(), subsetSize, random));
        }
        double whole = held ? discrepancy.of(all(a.count()), all(b.count())) : wholeSet(a, b);
        return new KernelDistance(
                whole, Moments.mean(estimates), Moments.populationStd(estimates), subsets, subsetSize);
    }

    /** The estimate from some images of either side. */
    @FunctionalInterface
    private interface Discrepancy {
        double of(int[] fromA, int[] fromB);
    }

    private static Discrepancy ofHeldKernels(Features a, Features b) {
        float[][] withinA = kernel(a, a);
        float[][] withinB = kernel(b, b);
        float[][] between = kernel(a, b);
        return (i, j) -> discrepancy(withinA, withinB, between, i, j);
    }

    private static Features chosen(Features all, int[] images) {
        return FeatureArray.of(new ChosenFeatures(all, images, 0, images.length));
    }

    /**
     * Only the whole-set estimate; memory does not grow with the number of images.
     *
     * @param a n × d
     * @param b m × d
     * @return the unbiased estimate; may fall slightly below 0
     * @throws IllegalArgumentException when d differs or a side has fewer than 2 images
     */
    public static double wholeSet(Features a, Features b) {
        if (a.count() < 2 || b.count() < 2) {
            throw new IllegalArgumentException(
                    "expected at least 2 images on each side, got " + a.count() + " and " + b.count());
        }
        return meanWithin(a) + meanWithin(b) - 2 * meanBetween(a, b);
    }

    /**
     * The interval of {@link #wholeSet} for other real images of the same kind: kernels are computed once, and real
     * images drawn with replacement. An image drawn twice is not a pair with itself, so the estimate stays unbiased on
     * each draw.
     *
     * @param real n × d, n as many as the bootstrap has images
     * @param fake m × d, not resampled
     * @param bootstrap over the groups of the real images
     * @return both bounds {@code NaN} where most draws consist of a single image
     */
    public static Interval interval(Features real, Features fake, GroupBootstrap bootstrap) {
        float[][] within = kernel(real, real);
        double withinFake = meanWithin(fake);
        double[] toFake = new double[real.count()];
        kernelRows(real, fake, (i, kernel) -> toFake[i] = Arrays.stream(kernel).sum() / kernel.length);
        return bootstrap.interval(times -> weighted(within, toFake, times) + withinFake);
    }

    /**
     * The mean kernel of two different real images minus twice that of a real and a fake one, with a count for each
     * real image.
     */
    private static double weighted(float[][] within, double[] toFake, int[] times) {
        double total = 0;
        double squares = 0;
        double pairs = 0;
        double mixed = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > 0) {
                double row = 0;
                for (int j = 0; j < i; j++) {
                    row += times[j] * within[i][j];
                }
                pairs += 2 * times[i] * row;
                mixed += times[i] * toFake[i];
                total += times[i];
                squares += (double) times[i] * times[i];
            }
        }
        // A single image gives 0 / 0, NaN.
        return pairs / (total * total - squares) - 2 * mixed / total;
    }

    private static double meanWithin(Features x) {
        double[] rows = new double[x.count()];
        kernelRows(x, x, (i, kernel) -> rows[i] = Arrays.stream(kernel).sum() - kernel[i]);
        return Arrays.stream(rows).sum() / x.count() / (x.count() - 1);
    }

    private static double meanBetween(Features a, Features b) {
        double[] rows = new double[a.count()];
        kernelRows(a, b, (i, kernel) -> rows[i] = Arrays.stream(kernel).sum());
        return Arrays.stream(rows).sum() / a.count() / b.count();
    }

    private static double discrepancy(float[][] withinA, float[][] withinB, float[][] between, int[] a, int[] b) {
        double mixed = 0;
        for (int i : a) {
            for (int j : b) {
                mixed += between[i][j];
            }
        }
        return meanWithin(withinA, a) + meanWithin(withinB, b) - 2 * mixed / a.length / b.length;
    }

    private static double meanWithin(float[][] kernel, int[] chosen) {
        double sum = 0;
        for (int i : chosen) {
            for (int j : chosen) {
                sum += i == j ? 0 : kernel[i][j];
            }
        }
        return sum / chosen.length / (chosen.length - 1);
    }

    private static float[][] kernel(Features a, Features b) {
        float[][] matrix = new float[a.count()][b.count()];
        kernelRows(a, b, (i, kernel) -> {
            for (int j = 0; j < kernel.length; j++) {
                matrix[i][j] = (float) kernel[j];
            }
        });
        return matrix;
    }

    /** (xᵀy/d + 1)³ of each vector of one set with each of the other. */
    private static void kernelRows(Features a, Features b, Pairs.Row row) {
        Pairs.rows(a, b, Pairs.Term.PRODUCT, (i, products) -> {
            for (int j = 0; j < products.length; j++) {
                double base = products[j] / a.dimensions() + 1;
                products[j] = base * base * base;
            }
            row.see(i, products);
        });
    }

    private static int[] draw(int n, int count, SplittableRandom random) {
        int[] items = all(n);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(n - i);
            int taken = items[j];
            items[j] = items[i];
            items[i] = taken;
        }
        return Arrays.copyOf(items, count);
    }

    private static int[] all(int n) {
        int[] items = new int[n];
        for (int i = 0; i < n; i++) {
            items[i] = i;
        }
        return items;
    }
}
