package org.lesionforge.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calibration of probabilities. Images are binned by the predicted probability of the positive class; in each bin the
 * mean probability should equal the share of positives.
 *
 * <p>This is calibration of one class's probability, as needed to interpret "70 % malignant". Guo et al. 2017 instead
 * bin the probability of the predicted class and compare it with accuracy; for two classes and balanced errors the
 * values are close, not equal.
 *
 * @param bins from low to high probability, empty ones left out
 * @param ece expected calibration error: mean |mean probability − share of positives| over images, in [0, 1]; 0 is
 *     best. A finite sample of perfectly calibrated probabilities, too, has an ECE above 0. {@code NaN} without images
 */
public record Reliability(List<Bin> bins, double ece) {
    /** The usual number of bins. */
    public static final int BINS = 15;

    /**
     * Images of similar probability.
     *
     * @param low probabilities are at least this, and below {@code high}; 1 is in the last bin
     * @param high end of the bin
     * @param meanProbability in [0, 1]
     * @param shareOfPositives in [0, 1]
     * @param n number of images
     */
    public record Bin(double low, double high, double meanProbability, double shareOfPositives, int n) {}

    /**
     * Bins probabilities, and compares each bin with what is true in it.
     *
     * @param positive whether each image is of the positive class
     * @param probability of the positive class, by image, in [0, 1]
     * @param bins how many, of equal width
     * @return the bins that hold an image, and their calibration error
     */
    public static Reliability of(boolean[] positive, double[] probability, int bins) {
        int[] once = new int[probability.length];
        Arrays.fill(once, 1);
        return of(positive, probability, once, bins);
    }

    static Reliability of(boolean[] positive, double[] probability, int[] times, int bins) {
        if (positive.length != probability.length) {
            throw new IllegalArgumentException(
                    "expected " + positive.length + " probabilities, got " + probability.length);
        }
        double[] sums = new double[bins];
        int[] positives = new int[bins];
        int[] counts = new int[bins];
        int total = 0;
        for (int i = 0; i < probability.length; i++) {
            int bin = Math.max(0, Math.min(bins - 1, (int) (probability[i] * bins)));
            sums[bin] += times[i] * probability[i];
            positives[bin] += positive[i] ? times[i] : 0;
            counts[bin] += times[i];
            total += times[i];
        }
        List<Bin> filled = new ArrayList<>();
        double gaps = 0;
        for (int b = 0; b < bins; b++) {
            if (counts[b] > 0) {
                gaps += Math.abs(sums[b] - positives[b]);
                filled.add(new Bin(
                        (double) b / bins,
                        (b + 1.0) / bins,
                        sums[b] / counts[b],
                        (double) positives[b] / counts[b],
                        counts[b]));
            }
        }
        return new Reliability(List.copyOf(filled), gaps / total);
    }
}
