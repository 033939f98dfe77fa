package org.lesionforge.metric;

import java.util.stream.IntStream;

/**
 * Precision against recall as the threshold falls. Unlike the ROC curve it depends on the prevalence: guessing has a
 * precision equal to the share of positives, at any recall.
 *
 * <p>Not to be confused with {@code PrecisionRecall}, which compares sets of images.
 *
 * @param recall ascending, to 1
 * @param precision at the same thresholds, in [0, 1]
 * @param thresholds the distinct scores, descending ("positive when score ≥ threshold")
 * @param averagePrecision Σ (recall gained at a step × precision there), the area without interpolation, which would flatter (Davis and
 *     Goadrich 2006); {@code NaN}, with an empty curve, unless both classes are present
 */
record PrecisionRecallCurve(double[] recall, double[] precision, double[] thresholds, double averagePrecision) {
    /** @throws IllegalArgumentException when the arrays differ in length or a score is {@code NaN} */
    static PrecisionRecallCurve of(boolean[] positive, double[] score) {
        Sweep sweep = new Ranking(positive, score).sweep();
        if (sweep.positives() == 0 || sweep.negatives() == 0) {
            return new PrecisionRecallCurve(new double[0], new double[0], new double[0], Double.NaN);
        }
        // The first step has no predicted positives and no precision.
        return new PrecisionRecallCurve(
                IntStream.range(1, sweep.size()).mapToDouble(sweep::sensitivity).toArray(),
                IntStream.range(1, sweep.size()).mapToDouble(sweep::precision).toArray(),
                IntStream.range(1, sweep.size())
                        .mapToDouble(i -> sweep.thresholds()[i])
                        .toArray(),
                sweep.averagePrecision());
    }
}
