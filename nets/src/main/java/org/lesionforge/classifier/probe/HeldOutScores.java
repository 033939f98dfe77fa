package org.lesionforge.classifier.probe;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;

/**
 * How strongly a logistic regression that was fitted to the other folds takes each example for class 1: of two classes, with
 * folds that no group is in two of. Scores of one fold are of one fit; those of different folds are not to be compared.
 *
 * @param scores log odds of class 1, by example
 * @param folds the fold of each example, from 0
 * @param count how many folds there are
 */
public record HeldOutScores(double[] scores, int[] folds, int count) {
    /** L2 as a share of the number of features: the middle of the strengths that {@code Probe} chooses from. */
    public static final double STRENGTH = 1e-3;

    /**
     * Fits once for each fold, at a fixed strength of L2: a choice by inner folds would take sixty times as long and is not
     * needed to rank examples.
     *
     * @param examples of two classes
     * @param folds how many at most; fewer where a class has fewer groups
     * @param seed of the folds
     * @return empty where the groups are too few, or one has too much of a class, to hold any out; the same for any number of threads
     * @throws UnusableInputException when a feature is infinite or NaN
     */
    public static Optional<HeldOutScores> of(Examples examples, int folds, Seed seed) {
        boolean[] all = new boolean[examples.size()];
        Arrays.fill(all, true);
        return Folds.draw(examples, all, folds, seed).map(drawn -> of(examples, drawn));
    }

    private static HeldOutScores of(Examples examples, Folds folds) {
        double[] scores = new double[examples.size()];
        for (int fold = 0; fold < folds.count(); fold++) {
            int number = fold;
            LogisticRegression regression = new LogisticRegression(examples, folds.fittedTo(fold));
            LinearHead head =
                    regression.fit(STRENGTH * Math.max(1, regression.varying())).head();
            IntStream.range(0, scores.length)
                    .filter(i -> folds.of()[i] == number)
                    .forEach(i -> scores[i] = head.logOdds(examples.features(), i));
        }
        return new HeldOutScores(scores, folds.of(), folds.count());
    }
}
