package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.statistics.StatisticsTest;

/** Numbers from the definitions written out in NumPy, on the vectors of {@link StatisticsTest}. */
public final class MeasureTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final int[] TRUTH = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    private static final double[] SCORE = {.9, .4, .7, .6, .3, .2, .5, .1, .4, .35, .6, .05};

    @Test
    void ofPredictions() {
        // Two negatives at 0.5 and above, of which 0.5 is a tie and goes to the first class: TP 3, FP 1, FN 2, TN 6.
        Outcomes outcomes = Outcomes.of(CLASSES, "malignant", TRUTH, probabilities(SCORE));
        assertEquals(9 / 12.0, Measure.ACCURACY.of(outcomes), 1e-15);
        assertEquals(3 / 5.0, Measure.SENSITIVITY.of(outcomes), 1e-15);
        assertEquals(6 / 7.0, Measure.SPECIFICITY.of(outcomes), 1e-15);
        assertEquals((3 / 5.0 + 6 / 7.0) / 2, Measure.BALANCED_ACCURACY.of(outcomes), 1e-15);
        assertEquals(3 / 4.0, Measure.PRECISION.of(outcomes), 1e-15);
        assertEquals(6 / 9.0, Measure.F1.of(outcomes), 1e-15);
    }

    @Test
    void atAnotherThreshold() {
        // 0.35 itself counts as positive: TP 4, FP 4, FN 1, TN 3.
        Outcomes outcomes = Outcomes.at(0.35, CLASSES, "malignant", TRUTH, probabilities(SCORE));
        assertEquals(7 / 12.0, Measure.ACCURACY.of(outcomes), 1e-15);
        assertEquals(4 / 5.0, Measure.SENSITIVITY.of(outcomes), 1e-15);
        assertEquals(3 / 7.0, Measure.SPECIFICITY.of(outcomes), 1e-15);
        assertEquals(0.23904572186687872, Measure.MCC.of(outcomes), 1e-14);
        assertEquals(0.8, Measure.ROC_AUC.of(outcomes), 1e-14);
    }

    @Test
    void ofProbabilities() {
        Outcomes outcomes = Outcomes.of(CLASSES, "malignant", TRUTH, probabilities(SCORE));
        assertEquals(0.8, Measure.ROC_AUC.of(outcomes), 1e-14);
        assertEquals(0.7753968253968254, Measure.PR_AUC.of(outcomes), 1e-14);
        assertEquals(0.4, Measure.SENSITIVITY_AT_SPECIFICITY_90.of(outcomes), 1e-15);
        assertEquals(0.6, outcomes.sweep(outcomes.once()).sensitivityAt(0.8), 1e-15);
        assertEquals(0.225, Measure.ECE.of(outcomes), 1e-14);
        assertEquals(0.17125, Measure.BRIER.of(outcomes), 1e-14);
    }

    @Test
    void drawnImagesCountAsOftenAsTheyWereDrawn() {
        int[] times = {2, 0, 1, 3, 0, 1, 1, 0, 2, 1, 1, 0};
        Outcomes outcomes = Outcomes.at(0.5, CLASSES, "malignant", TRUTH, probabilities(SCORE));
        assertEquals(0.9583333333333334, Measure.ROC_AUC.of(outcomes, times), 1e-14);
        assertEquals(0.9285714285714286, Measure.PR_AUC.of(outcomes, times), 1e-14);
        assertEquals(1, outcomes.sweep(times).sensitivityAt(0.8), 1e-15);
        assertEquals(0.24583333333333332, Measure.ECE.of(outcomes, times), 1e-14);
        assertEquals(0.14020833333333335, Measure.BRIER.of(outcomes, times), 1e-14);
        assertEquals(0.8333333333333334, Measure.ACCURACY.of(outcomes, times), 1e-14);
    }

    @Test
    void everyMeasureOfADrawIsThatOfTheImagesWrittenOut() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 20; round++) {
            int n = 30;
            int[] truth = new int[n];
            double[] score = new double[n];
            int[] times = new int[n];
            int[] drawn = new int[n];
            for (int i = 0; i < n; i++) {
                truth[i] = random.nextInt(2);
                score[i] = random.nextInt(12) / 11.0;
            }
            for (int i = 0; i < n; i++) {
                drawn[i] = random.nextInt(n);
                times[drawn[i]]++;
            }
            int[] writtenTruth = new int[n];
            double[] writtenScore = new double[n];
            for (int i = 0; i < n; i++) {
                writtenTruth[i] = truth[drawn[i]];
                writtenScore[i] = score[drawn[i]];
            }
            Outcomes all = Outcomes.of(CLASSES, "malignant", truth, probabilities(score));
            Outcomes written = Outcomes.of(CLASSES, "malignant", writtenTruth, probabilities(writtenScore));
            for (Measure measure : Measure.values()) {
                assertEquals(measure.of(written), measure.of(all, times), 1e-12, measure.word());
            }
        }
    }

    @Test
    void agreesWithTheEvaluation() {
        double[][] three = {{.7, .2, .1}, {.1, .8, .1}, {.3, .3, .4}, {.6, .3, .1}, {.2, .5, .3}};
        int[] truth = {0, 1, 0, 2, 2};
        List<String> classes = List.of("a", "b", "c");
        Outcomes outcomes = Outcomes.of(classes, "c", truth, three);
        ClassificationEvaluation evaluation = ClassificationEvaluation.of(truth, three, classes, "c");
        assertEquals(evaluation.accuracy(), Measure.ACCURACY.of(outcomes));
        assertEquals(evaluation.balancedAccuracy(), Measure.BALANCED_ACCURACY.of(outcomes));
        assertEquals(evaluation.rocAuc(), Measure.ROC_AUC.of(outcomes));
        assertEquals(evaluation.mcc(), Measure.MCC.of(outcomes));
        assertEquals(evaluation.brier(), Measure.BRIER.of(outcomes), 1e-15);
        // At 0.25 the first image stays a, the third and the last become c, the second is the most probable other, b.
        assertEquals(2 / 5.0 + 1 / 5.0, Measure.ACCURACY.of(Outcomes.at(0.25, classes, "c", truth, three)), 1e-15);
    }

    @Test
    void undefinedIsNotANumber() {
        Outcomes benign = Outcomes.of(CLASSES, "malignant", new int[] {0, 0}, probabilities(new double[] {.1, .2}));
        assertTrue(Double.isNaN(Measure.ROC_AUC.of(benign)));
        assertTrue(Double.isNaN(Measure.PR_AUC.of(benign)));
        assertTrue(Double.isNaN(Measure.SENSITIVITY.of(benign)));
        assertTrue(Double.isNaN(Measure.SENSITIVITY_AT_SPECIFICITY_90.of(benign)));
        assertEquals(1, Measure.SPECIFICITY.of(benign));
        assertThrows(
                IllegalArgumentException.class,
                () -> Outcomes.of(CLASSES, "melanoma", new int[] {0}, probabilities(new double[] {.1})));
    }

    public static double[][] probabilities(double[] score) {
        double[][] probabilities = new double[score.length][];
        for (int i = 0; i < score.length; i++) {
            probabilities[i] = new double[] {1 - score[i], score[i]};
        }
        return probabilities;
    }
}
