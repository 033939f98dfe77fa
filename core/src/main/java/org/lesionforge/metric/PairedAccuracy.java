package org.lesionforge.metric;

import java.util.List;

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
        int[] gain = new int[truth.length];
        for (int i = 0; i < truth.length; i++) {
            gain[i] = (b[i] == truth[i] ? 1 : 0) - (a[i] == truth[i] ? 1 : 0);
            onlyA += gain[i] < 0 ? 1 : 0;
            onlyB += gain[i] > 0 ? 1 : 0;
        }
        return new PairedAccuracy(
                (double) (onlyB - onlyA) / truth.length,
                new GroupBootstrap(groups, RESAMPLES, seed).interval(times -> meanGain(gain, times)),
                onlyA,
                onlyB,
                McNemar.exact(onlyA, onlyB));
    }

    private static double meanGain(int[] gain, int[] times) {
        long gained = 0;
        long size = 0;
        for (int i = 0; i < gain.length; i++) {
            gained += (long) gain[i] * times[i];
            size += times[i];
        }
        return (double) gained / size;
    }
}
