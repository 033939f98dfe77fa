package org.lesionforge.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Receiver operating characteristic: what share of the negatives is caught along with what share of the positives as the threshold falls.
 *
 * <p>Images of equal score move together, in one sloping step, so the area equals the Mann-Whitney statistic with ties counted half.
 *
 * @param falsePositiveRate ascending from 0 to 1
 * @param truePositiveRate ascending from 0 to 1, same length
 * @param thresholds scores at which these rates hold ("positive when score ≥ threshold"); the first is +∞
 * @param auc area under the curve in [0, 1]; {@code NaN}, with an empty curve, unless both classes are present
 */
public record RocCurve(double[] falsePositiveRate, double[] truePositiveRate, double[] thresholds, double auc) {
    /** @throws IllegalArgumentException when the arrays differ in length or a score is {@code NaN} */
    public static RocCurve of(boolean[] positive, double[] score) {
        if (positive.length != score.length) {
            throw new IllegalArgumentException("expected " + positive.length + " scores, got " + score.length);
        }
        int positives = 0;
        for (int i = 0; i < positive.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of image " + i + " is not a number");
            }
            positives += positive[i] ? 1 : 0;
        }
        int negatives = positive.length - positives;
        if (positives == 0 || negatives == 0) {
            return new RocCurve(new double[0], new double[0], new double[0], Double.NaN);
        }
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted((a, b) -> Double.compare(score[b], score[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] falseRate = new double[order.length + 1];
        double[] trueRate = new double[order.length + 1];
        double[] thresholds = new double[order.length + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int points = 1;
        int caught = 0;
        double area = 0;
        for (int i = 0; i < order.length; i++) {
            caught += positive[order[i]] ? 1 : 0;
            if (i + 1 < order.length && score[order[i]] == score[order[i + 1]]) {
                continue;
            }
            trueRate[points] = (double) caught / positives;
            falseRate[points] = (double) (i + 1 - caught) / negatives;
            thresholds[points] = score[order[i]];
            area += (falseRate[points] - falseRate[points - 1]) * (trueRate[points] + trueRate[points - 1]) / 2;
            points++;
        }
        return new RocCurve(
                Arrays.copyOf(falseRate, points),
                Arrays.copyOf(trueRate, points),
                Arrays.copyOf(thresholds, points),
                area);
    }
}
