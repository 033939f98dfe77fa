package org.lesionforge.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two classifiers compared on the same images.
 *
 * @param difference accuracy of b minus accuracy of a, in [−1, 1]
 * @param ci95 of the difference, by bootstrap over groups
 * @param onlyA images that only a got right
 * @param onlyB images that only b got right
 * @param pValue exact McNemar, two-sided; it takes images for independent
 */
public record PairedAccuracy(double difference, Interval ci95, int onlyA, int onlyB, double pValue) {
    /** How many times the groups are drawn anew. */
    public static final int RESAMPLES = 10_000;

    /**
     * @param truth n class indices
     * @param a predictions of the first
     * @param b predictions of the second
     * @param groups what belongs together (patient, lesion), one name per image: whole groups are drawn, for images of one lesion are not
     *     independent evidence
     * @param seed of the bootstrap
     * @throws IllegalArgumentException when lengths differ or there are no images
     */
    public static PairedAccuracy of(int[] truth, int[] a, int[] b, List<String> groups, long seed) {
        if (truth.length == 0
                || a.length != truth.length
                || b.length != truth.length
                || groups.size() != truth.length) {
            throw new IllegalArgumentException("expected the same images four times, got truth " + truth.length + ", a "
                    + a.length + ", b " + b.length + ", groups " + groups.size());
        }
        int onlyA = 0;
        int onlyB = 0;
        Map<String, int[]> perGroup = new LinkedHashMap<>();
        for (int i = 0; i < truth.length; i++) {
            boolean rightA = a[i] == truth[i];
            boolean rightB = b[i] == truth[i];
            onlyA += rightA && !rightB ? 1 : 0;
            onlyB += rightB && !rightA ? 1 : 0;
            int[] gainAndSize = perGroup.computeIfAbsent(groups.get(i), unused -> new int[2]);
            gainAndSize[0] += (rightB ? 1 : 0) - (rightA ? 1 : 0);
            gainAndSize[1]++;
        }
        return new PairedAccuracy(
                (double) (onlyB - onlyA) / truth.length,
                bootstrap(perGroup.values().toArray(int[][]::new), seed),
                onlyA,
                onlyB,
                McNemar.exact(onlyA, onlyB));
    }

    private static Interval bootstrap(int[][] groups, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] differences = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            long gain = 0;
            long size = 0;
            for (int i = 0; i < groups.length; i++) {
                int[] drawn = groups[random.nextInt(groups.length)];
                gain += drawn[0];
                size += drawn[1];
            }
            differences[r] = (double) gain / size;
        }
        Arrays.sort(differences);
        return new Interval(quantile(differences, 0.025), quantile(differences, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
