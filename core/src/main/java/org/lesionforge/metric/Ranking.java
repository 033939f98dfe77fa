package org.lesionforge.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Images in descending order of score, sorted once for all bootstrap draws. */
final class Ranking {
    private final boolean[] positive;
    private final double[] score;
    private final int[] descending;

    /** @throws IllegalArgumentException when the arrays differ in length or a score is {@code NaN} */
    Ranking(boolean[] positive, double[] score) {
        if (positive.length != score.length) {
            throw new IllegalArgumentException("expected " + positive.length + " scores, got " + score.length);
        }
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException("the score of image " + i + " is not a number");
            }
        }
        this.positive = positive;
        this.score = score;
        descending = IntStream.range(0, score.length)
                .boxed()
                .sorted((a, b) -> Double.compare(score[b], score[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Every image once. */
    Sweep sweep() {
        int[] once = new int[score.length];
        Arrays.fill(once, 1);
        return sweep(once);
    }

    /** @param times how often each image counts, in the order given to the constructor */
    Sweep sweep(int[] times) {
        double[] thresholds = new double[score.length + 1];
        int[] positives = new int[score.length + 1];
        int[] negatives = new int[score.length + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        int step = 0;
        for (int image : descending) {
            if (times[image] == 0) {
                continue;
            }
            if (score[image] != thresholds[step]) {
                step++;
                thresholds[step] = score[image];
                positives[step] = positives[step - 1];
                negatives[step] = negatives[step - 1];
            }
            positives[step] += positive[image] ? times[image] : 0;
            negatives[step] += positive[image] ? 0 : times[image];
        }
        return new Sweep(
                Arrays.copyOf(thresholds, step + 1),
                Arrays.copyOf(positives, step + 1),
                Arrays.copyOf(negatives, step + 1));
    }
}
