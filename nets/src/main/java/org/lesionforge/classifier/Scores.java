package org.lesionforge.classifier;

import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.RocCurve;

/**
 * What a net says of images whose class is known.
 *
 * @param truth n class indices
 * @param probabilities n × classes
 */
record Scores(int[] truth, double[][] probabilities) {
    /** Mean cross-entropy in nats. */
    double loss() {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            // A probability that float32 has rounded to 0 would make the whole mean infinite.
            sum -= Math.log(Math.max(probabilities[i][truth[i]], Float.MIN_NORMAL));
        }
        return sum / truth.length;
    }

    /** Share of images whose most probable class is their own. */
    double accuracy() {
        int correct = 0;
        for (int i = 0; i < truth.length; i++) {
            correct += ClassificationEvaluation.mostProbable(probabilities[i]) == truth[i] ? 1 : 0;
        }
        return (double) correct / truth.length;
    }

    /** ROC AUC of one class against all others; {@code NaN} unless there are images of both. */
    double auc(int positive) {
        boolean[] isPositive = new boolean[truth.length];
        double[] score = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            isPositive[i] = truth[i] == positive;
            score[i] = probabilities[i][positive];
        }
        return RocCurve.of(isPositive, score).auc();
    }

    /** Softmax of each row, in double precision. */
    static double[][] softmax(float[] logits, int classes) {
        double[][] probabilities = new double[logits.length / classes][classes];
        for (int i = 0; i < probabilities.length; i++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                highest = Math.max(highest, logits[i * classes + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                probabilities[i][c] = Math.exp(logits[i * classes + c] - highest);
                sum += probabilities[i][c];
            }
            for (int c = 0; c < classes; c++) {
                probabilities[i][c] /= sum;
            }
        }
        return probabilities;
    }
}
