package org.lesionforge.metric.statistics;

import java.util.Arrays;

/**
 * The areas under two ROC curves compared on the same images (DeLong, DeLong and Clarke-Pearson 1988). It assumes
 * independent images; when several show one lesion, use the bootstrap over groups ({@code Estimate.ofDifference})
 * instead.
 *
 * @param aucA area of the first, in [0, 1]
 * @param aucB area of the second
 * @param difference b minus a
 * @param standardError of the difference
 * @param ci95 of the difference, normal
 * @param pValue two-sided, normal: rough with fewer than about 20 images of a class; 1 when both rankings are equal.
 *     {@code NaN}, like the standard error, with fewer than two images of a class
 */
public record DeLong(double aucA, double aucB, double difference, double standardError, Interval ci95, double pValue) {
    /**
     * Compares two classifiers on the same images.
     *
     * @param positive whether each image is of the positive class
     * @param a scores by the first classifier
     * @param b scores by the second
     * @return areas, their difference and its test
     * @throws IllegalArgumentException when lengths differ or a score is not a number
     */
    public static DeLong of(boolean[] positive, double[] a, double[] b) {
        double[][] placementsA = placements(positive, a);
        double[][] placementsB = placements(positive, b);
        double aucA = Moments.mean(placementsA[0]);
        double aucB = Moments.mean(placementsB[0]);
        double variance = 0;
        for (int side = 0; side < 2; side++) {
            double[] gain = new double[placementsA[side].length];
            for (int i = 0; i < gain.length; i++) {
                gain[i] = placementsB[side][i] - placementsA[side][i];
            }
            variance += Math.pow(Moments.sampleStd(gain), 2) / gain.length;
        }
        double error = Math.sqrt(variance);
        double difference = aucB - aucA;
        double z = difference == 0 && error == 0 ? 0 : difference / error;
        return new DeLong(
                aucA, aucB, difference, error, Interval.normal(difference, error), 2 * Normal.lowerTail(-Math.abs(z)));
    }

    /** [0]: for each positive, the share of negatives below it; [1]: for each negative, the share of positives above it; ties count half. */
    private static double[][] placements(boolean[] positive, double[] score) {
        if (positive.length != score.length) {
            throw new IllegalArgumentException("expected " + positive.length + " scores, got " + score.length);
        }
        double[] positives = side(positive, score, true);
        double[] negatives = side(positive, score, false);
        double[] sortedPositives = sorted(positives);
        double[] sortedNegatives = sorted(negatives);
        return new double[][] {
            Arrays.stream(positives).map(s -> shareBelow(sortedNegatives, s)).toArray(),
            Arrays.stream(negatives)
                    .map(s -> 1 - shareBelow(sortedPositives, s))
                    .toArray()
        };
    }

    private static double[] side(boolean[] positive, double[] score, boolean wanted) {
        double[] side = new double[score.length];
        int count = 0;
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of image " + i + " is not a number");
            }
            if (positive[i] == wanted) {
                side[count++] = score[i];
            }
        }
        return Arrays.copyOf(side, count);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double shareBelow(double[] sorted, double value) {
        int less = countBelow(sorted, value);
        int lessOrEqual = countBelow(sorted, Math.nextUp(value));
        return (less + lessOrEqual) / 2.0 / sorted.length;
    }

    /** Index of the first element that is not below {@code value}. */
    private static int countBelow(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
