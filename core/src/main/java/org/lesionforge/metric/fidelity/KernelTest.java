package org.lesionforge.metric.fidelity;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Kernel two-sample test (Gretton et al. 2012, JMLR 13): the unbiased squared maximum mean discrepancy with the Gaussian
 * kernel k(x, y) = exp(−‖x − y‖² / (2σ²)), σ the median distance between two images of either set, and the p-value of the
 * hypothesis that both sets are of one distribution, by permutation of the images' sides.
 *
 * @param discrepancy unbiased MMD²; may be slightly below 0
 * @param pValue (1 + permutations with at least this discrepancy) / (1 + permutations); one-sided. It assumes
 *     independent images: take one of a lesion
 * @param sigma width of the kernel, in feature units; 0 where most images are equal, which makes the kernel 1 for equal
 *     images and 0 for others
 * @param permutations how many were drawn
 */
public record KernelTest(double discrepancy, double pValue, double sigma, int permutations) {
    /** The least p-value is one over one more. */
    public static final int PERMUTATIONS = 999;

    /** Kernels are kept for all permutations, whose time grows with the square: so many images of a side are enough. */
    public static final int MOST_IMAGES = 500;

    /**
     * Tests with {@value #PERMUTATIONS} permutations.
     *
     * @param a n × d
     * @param b m × d
     * @param seed of the permutations
     * @return discrepancy and p-value
     * @throws IllegalArgumentException when d differs or a side has fewer than 2 images
     */
    public static KernelTest of(Features a, Features b, long seed) {
        return of(a, b, PERMUTATIONS, seed);
    }

    static KernelTest of(Features a, Features b, int permutations, long seed) {
        if (a.count() < 2 || b.count() < 2) {
            throw new IllegalArgumentException(
                    "expected at least 2 images on each side, got " + a.count() + " and " + b.count());
        }
        double[][] kernel = squaredDistances(a, b);
        double squaredSigma = median(kernel);
        double total = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                kernel[i][j] = kernel[i][j] == 0 ? 1 : Math.exp(-kernel[i][j] / (2 * squaredSigma));
                total += i == j ? 0 : kernel[i][j];
            }
        }
        int n = a.count();
        int[] order = new int[kernel.length];
        Arrays.setAll(order, i -> i);
        double found = discrepancy(kernel, order, n, total);
        // Sums of the same terms in another order differ in their last digits.
        double least = found - 1e-12 * Math.abs(found);
        SplittableRandom random = new SplittableRandom(seed);
        int reached = 0;
        for (int p = 0; p < permutations; p++) {
            shuffle(order, random);
            reached += discrepancy(kernel, order, n, total) >= least ? 1 : 0;
        }
        return new KernelTest(found, (1.0 + reached) / (1 + permutations), Math.sqrt(squaredSigma), permutations);
    }

    /** Of all images with each other. */
    private static double[][] squaredDistances(Features a, Features b) {
        int d = a.dimensions();
        float[] values = Arrays.copyOf(FeatureArray.of(a).values(), Math.multiplyExact(a.count() + b.count(), d));
        System.arraycopy(FeatureArray.of(b).values(), 0, values, a.count() * d, b.count() * b.dimensions());
        FeatureArray all = new FeatureArray(a.count() + b.count(), d, values);
        double[][] squared = new double[all.count()][];
        Distances.rows(all, all, (i, row) -> squared[i] = row.clone());
        return squared;
    }

    private static double median(double[][] squared) {
        double[] above = new double[squared.length * (squared.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < squared.length; i++) {
            for (int j = i + 1; j < squared.length; j++) {
                above[count++] = squared[i][j];
            }
        }
        Arrays.sort(above);
        return above[count / 2];
    }

    /** The sums within both sides and between them follow from one side's and the total. */
    private static double discrepancy(double[][] kernel, int[] order, int n, double total) {
        int m = order.length - n;
        double withinA = 0;
        double fromA = 0;
        for (int i = 0; i < n; i++) {
            double[] row = kernel[order[i]];
            for (int j = 0; j < i; j++) {
                withinA += 2 * row[order[j]];
            }
            for (int j = n; j < order.length; j++) {
                fromA += row[order[j]];
            }
        }
        double withinB = total - withinA - 2 * fromA;
        return withinA / n / (n - 1) + withinB / m / (m - 1) - 2 * fromA / n / m;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[j];
            order[j] = order[i];
            order[i] = other;
        }
    }
}
