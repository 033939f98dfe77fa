package org.lesionforge.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/**
 * The area under the ROC curve of images that were scored in folds, each by a classifier that learned from the other
 * folds. Only scores of one classifier are compared: it is the share of (positive, negative) pairs of one fold that are in order, ties counted half,
 * over all pairs of one fold. Areas of pooled scores fall below 0.5 where there is nothing to learn, because each fold's
 * classifier leans to the side that its fold has less of.
 */
public final class FoldedRocAuc {
    /**
     * A bootstrap of scores takes the classifiers as given. But where there is nothing to learn, and two folds are alike by
     * chance, each fits the other's classifier: every pair of folds counts twice, and the variance is twice that of folds
     * whose classifiers come from elsewhere.
     */
    private static final double WIDER = Math.sqrt(2);

    private final int[][] images;
    private final Ranking[] rankings;

    private FoldedRocAuc(int[][] images, Ranking[] rankings) {
        this.images = images;
        this.rankings = rankings;
    }

    /**
     * Estimates the area, with its interval over draws of groups, √2 times as far to each side: so it holds 0.5 in 95 of 100
     * cases where there is nothing to learn. Elsewhere it is wider than need be.
     *
     * @param positive whether each image is of the positive class
     * @param score of each image by its fold's classifier; higher is more positive
     * @param fold of each image, from 0
     * @param bootstrap over the images' groups
     * @return {@code NaN} where no fold has both classes
     * @throws IllegalArgumentException when lengths differ or a score is not a number
     */
    public static Estimate of(boolean[] positive, double[] score, int[] fold, GroupBootstrap bootstrap) {
        if (fold.length != positive.length || fold.length != bootstrap.images()) {
            throw new IllegalArgumentException("expected folds and groups of " + positive.length + " images, got "
                    + fold.length + " and " + bootstrap.images());
        }
        int folds = Arrays.stream(fold).max().orElse(-1) + 1;
        int[][] images = new int[folds][];
        Ranking[] rankings = new Ranking[folds];
        for (int f = 0; f < folds; f++) {
            int number = f;
            int[] chosen = IntStream.range(0, fold.length)
                    .filter(i -> fold[i] == number)
                    .toArray();
            boolean[] positives = new boolean[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                positives[i] = positive[chosen[i]];
            }
            images[f] = chosen;
            rankings[f] = new Ranking(
                    positives, Arrays.stream(chosen).mapToDouble(i -> score[i]).toArray());
        }
        FoldedRocAuc area = new FoldedRocAuc(images, rankings);
        int[] once = new int[fold.length];
        Arrays.fill(once, 1);
        double value = area.at(once);
        return new Estimate(value, widened(value, bootstrap.interval(area::at)));
    }

    private static Interval widened(double value, Interval drawn) {
        return new Interval(
                Math.max(0, value - WIDER * (value - drawn.low())),
                Math.min(1, value + WIDER * (drawn.high() - value)));
    }

    /** @param times how often each image counts */
    private double at(int[] times) {
        double inOrder = 0;
        double all = 0;
        for (int f = 0; f < images.length; f++) {
            Sweep sweep = rankings[f].sweep(
                    Arrays.stream(images[f]).map(i -> times[i]).toArray());
            double pairs = (double) sweep.positives() * sweep.negatives();
            if (pairs > 0) {
                inOrder += pairs * sweep.rocAuc();
                all += pairs;
            }
        }
        return inOrder / all;
    }
}
