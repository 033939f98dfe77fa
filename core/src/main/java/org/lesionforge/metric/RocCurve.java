package org.lesionforge.metric;

import java.util.stream.IntStream;

/**
 * Receiver operating characteristic: true positive rate against false positive rate as the threshold falls.
 *
 * <p>Images of equal score form one sloping step, so the area equals the Mann-Whitney statistic with ties counted half.
 *
 * @param falsePositiveRate ascending from 0 to 1
 * @param truePositiveRate ascending from 0 to 1, same length
 * @param thresholds scores at which these rates hold ("positive when score ≥ threshold"); the first is +∞
 * @param auc area under the curve in [0, 1]; {@code NaN}, with an empty curve, unless both classes are present
 */
public record RocCurve(double[] falsePositiveRate, double[] truePositiveRate, double[] thresholds, double auc) {
    /**
     * Of scored images, in any order.
     *
     * @param positive whether each image is of the positive class
     * @param score by image; higher is more positive
     * @return the whole curve, a point for each different score
     * @throws IllegalArgumentException when the arrays differ in length or a score is {@code NaN}
     */
    public static RocCurve of(boolean[] positive, double[] score) {
        Sweep sweep = new Ranking(positive, score).sweep();
        if (sweep.positives() == 0 || sweep.negatives() == 0) {
            return new RocCurve(new double[0], new double[0], new double[0], Double.NaN);
        }
        return new RocCurve(
                IntStream.range(0, sweep.size())
                        .mapToDouble(sweep::falsePositiveRate)
                        .toArray(),
                IntStream.range(0, sweep.size()).mapToDouble(sweep::sensitivity).toArray(),
                sweep.thresholds(),
                sweep.rocAuc());
    }
}
