package org.lesionforge.metric;

import java.util.List;
import java.util.Map;
import org.lesionforge.metric.statistics.Interval;

/**
 * The report of {@code classify evaluate} on one set of predictions. Its JSON form is a contract.
 *
 * @param n number of images
 * @param classes names, in the order of {@code confusion}
 * @param positive the class whose probability is the score of {@code rocAuc} and {@code brier}
 * @param confusion rows are the truth, columns the prediction
 * @param accuracy in [0, 1]
 * @param accuracyCi95 Wilson's interval of {@code accuracy}; assumes independent images
 * @param balancedAccuracy mean recall, in [0, 1]
 * @param rocAuc of the positive class against all others, in [0, 1]
 * @param mcc Matthews correlation, in [−1, 1]
 * @param brier mean squared difference between the probability of the positive class and its presence, in [0, 1]; 0 is best
 * @param perClass precision, recall, F1 and support by class name
 */
public record ClassificationEvaluation(
        int n,
        List<String> classes,
        String positive,
        int[][] confusion,
        double accuracy,
        Interval accuracyCi95,
        double balancedAccuracy,
        double rocAuc,
        double mcc,
        double brier,
        Map<String, ConfusionMatrix.PerClass> perClass) {

    /**
     * Takes the most probable class as the prediction; of equally probable ones the first.
     *
     * @param truth n class indices
     * @param probabilities n × classes, each in [0, 1]
     * @param classes names, in the order of the columns
     * @param positive one of {@code classes}: ROC AUC and Brier score are those of its column
     * @return all figures; those that these images leave undefined are {@code NaN}
     * @throws IllegalArgumentException when shapes disagree, a value is not a probability, or {@code positive} is not
     *     among the classes
     */
    public static ClassificationEvaluation of(
            int[] truth, double[][] probabilities, List<String> classes, String positive) {
        int positiveIndex = classes.indexOf(positive);
        if (positiveIndex < 0) {
            throw new IllegalArgumentException("the positive class '" + positive + "' is not one of " + classes);
        }
        if (probabilities.length != truth.length) {
            throw new IllegalArgumentException(
                    "expected probabilities of " + truth.length + " images, got " + probabilities.length);
        }
        int[] prediction = new int[truth.length];
        boolean[] isPositive = new boolean[truth.length];
        double[] score = new double[truth.length];
        double squares = 0;
        for (int i = 0; i < truth.length; i++) {
            check(i, probabilities[i], classes.size());
            prediction[i] = mostProbable(probabilities[i]);
            isPositive[i] = truth[i] == positiveIndex;
            score[i] = probabilities[i][positiveIndex];
            squares += Math.pow(score[i] - (isPositive[i] ? 1 : 0), 2);
        }
        ConfusionMatrix matrix = ConfusionMatrix.of(truth, prediction, classes);
        return new ClassificationEvaluation(
                truth.length,
                matrix.classes(),
                positive,
                matrix.counts(),
                matrix.accuracy(),
                Interval.wilson(matrix.correct(), truth.length),
                matrix.balancedAccuracy(),
                RocCurve.of(isPositive, score).auc(),
                matrix.matthewsCorrelation(),
                squares / truth.length,
                matrix.perClass());
    }

    /**
     * For two classes: positive when its score exceeds ½.
     *
     * @param positiveScore n probabilities of the class {@code positive}
     * @throws IllegalArgumentException as above, and unless there are two classes
     */
    static ClassificationEvaluation of(int[] truth, double[] positiveScore, List<String> classes, String positive) {
        if (classes.size() != 2) {
            throw new IllegalArgumentException(
                    "one score per image serves two classes, got " + classes.size() + ": " + classes);
        }
        double[][] probabilities = new double[positiveScore.length][];
        int positiveIndex = classes.indexOf(positive);
        for (int i = 0; i < positiveScore.length; i++) {
            double other = 1 - positiveScore[i];
            probabilities[i] = positiveIndex == 0
                    ? new double[] {positiveScore[i], other}
                    : new double[] {other, positiveScore[i]};
        }
        return of(truth, probabilities, classes, positive);
    }

    /**
     * {@return the index of the largest value; of equal ones the first}
     *
     * @param probabilities at least one value, by class
     */
    public static int mostProbable(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    private static void check(int image, double[] probabilities, int classes) {
        if (probabilities.length != classes) {
            throw new IllegalArgumentException(
                    "image " + image + ": expected " + classes + " probabilities, got " + probabilities.length);
        }
        for (double probability : probabilities) {
            // Softmax in float32 may end a rounding error outside; NaN fails both comparisons.
            if (!(probability >= -1e-6 && probability <= 1 + 1e-6)) {
                throw new IllegalArgumentException("image " + image + ": " + probability + " is not a probability");
            }
        }
    }
}
