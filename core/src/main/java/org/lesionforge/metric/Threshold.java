package org.lesionforge.metric;

/**
 * The lowest score that is predicted positive, chosen on validation images.
 *
 * @param value between two neighbouring scores, so that rounding has no effect; +∞ when predicting no positives is best
 * @param sensitivity on the images it was chosen on: an optimistic figure
 * @param specificity likewise
 */
public record Threshold(double value, double sensitivity, double specificity) {
    /**
     * The largest Youden index, sensitivity + specificity − 1 (Youden 1950): both classes have the same weight however
     * rare one is, so the threshold is also valid for another share of positives. Of equal ones the highest threshold.
     *
     * @param positive whether each image is of the positive class
     * @param score probability of the positive class, by image; higher is more positive
     * @return the threshold with what it attains on these images
     * @throws IllegalArgumentException when lengths differ, a score is {@code NaN}, or a class is missing
     */
    public static Threshold youden(boolean[] positive, double[] score) {
        Sweep sweep = new Ranking(positive, score).sweep();
        if (sweep.positives() == 0 || sweep.negatives() == 0) {
            throw new IllegalArgumentException("a threshold needs images of both classes, got " + sweep.positives()
                    + " positives and " + sweep.negatives() + " negatives");
        }
        int best = 0;
        for (int i = 1; i < sweep.size(); i++) {
            best = youden(sweep, i) > youden(sweep, best) + 1e-12 ? i : best;
        }
        double[] scores = sweep.thresholds();
        double value = best + 1 < scores.length ? (scores[best] + scores[best + 1]) / 2 : scores[best];
        return new Threshold(value, sweep.sensitivity(best), sweep.specificity(best));
    }

    private static double youden(Sweep sweep, int i) {
        return sweep.sensitivity(i) + sweep.specificity(i) - 1;
    }
}
