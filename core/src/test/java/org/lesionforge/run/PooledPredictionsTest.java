package org.lesionforge.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/** Six images in two folds, whose classifiers have scales of their own: every number here was worked out on paper. */
final class PooledPredictionsTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");

    private static PredictionsFile fold(List<String> ids, int[] truth, double... scores) {
        double[][] probabilities =
                Arrays.stream(scores).mapToObj(p -> new double[] {1 - p, p}).toArray(double[][]::new);
        return new PredictionsFile(CLASSES, "malignant", ids, ids, truth, probabilities);
    }

    /** The sure one: 0.9 for its melanoma, 0.8 and 0.1 for the others. */
    private static final PredictionsFile FIRST = fold(List.of("a", "b", "c"), new int[] {1, 0, 0}, 0.9, 0.8, 0.1);
    /** The shy one: 0.4 and 0.3 for its melanomas, 0.2 for the other. */
    private static final PredictionsFile SECOND = fold(List.of("d", "e", "f"), new int[] {1, 1, 0}, 0.4, 0.3, 0.2);

    /** Of validation images that the same classifiers saw: the best threshold is between 0.84 and 0.85, or 0.24 and 0.25. */
    private static final List<PredictionsFile> VALIDATIONS = List.of(
            fold(List.of("v", "w"), new int[] {1, 0}, 0.85, 0.84),
            fold(List.of("x", "y"), new int[] {1, 0}, 0.25, 0.24));

    private static final ArmPredictions ARM = new ArmPredictions(List.of(FIRST, SECOND), VALIDATIONS, 2);

    @Test
    void eachFoldByItselfIsInOrderAndBothTogetherAreNot() {
        assertEquals(1, Measure.ROC_AUC.of(FIRST.outcomes()));
        assertEquals(1, Measure.ROC_AUC.of(SECOND.outcomes()));
        List<Outcomes> pooled = ARM.outcomes();
        assertEquals(1, pooled.size(), "one seed");
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), ARM.ids());
        assertArrayEquals(new int[] {1, 0, 0, 1, 1, 0}, pooled.get(0).truth());
        // 0.9 beats 0.8, 0.1 and 0.2; 0.4 and 0.3 beat 0.1 and 0.2, but not the 0.8 of the other fold: 7 of 9 pairs.
        assertEquals(7.0 / 9, ARM.mean(Measure.ROC_AUC), 1e-12);
    }

    @Test
    void thresholdsAreOfEachFoldsOwnValidationPart() {
        List<Threshold> thresholds = ARM.thresholds();
        assertEquals(2, thresholds.size());
        assertEquals(0.845, thresholds.get(0).value(), 1e-12);
        assertEquals(0.245, thresholds.get(1).value(), 1e-12);
        Outcomes half = ARM.outcomes().get(0);
        assertEquals(1.0 / 3, Measure.SENSITIVITY.of(half), 1e-12);
        assertEquals(2.0 / 3, Measure.SPECIFICITY.of(half), 1e-12);
        Outcomes own = ARM.at(thresholds).get(0);
        assertEquals(1, Measure.SENSITIVITY.of(own));
        assertEquals(1, Measure.SPECIFICITY.of(own));
    }

    @Test
    void twoSeedsAreTwoOutcomesAndTheirMean() {
        PredictionsFile turned = fold(List.of("a", "b", "c"), new int[] {1, 0, 0}, 0.1, 0.8, 0.9);
        ArmPredictions seeds = new ArmPredictions(List.of(FIRST, SECOND, turned, SECOND), List.of(), 2);
        assertEquals(2, seeds.seeds());
        assertEquals(2, seeds.outcomes().size());
        // The other seed: 0.1 beats none (0.8, 0.9, 0.2), 0.4 and 0.3 beat 0.2: 2 of 9.
        assertEquals((7.0 / 9 + 2.0 / 9) / 2, seeds.mean(Measure.ROC_AUC), 1e-12);
        assertEquals(6, seeds.groups().size(), "each image once, however many seeds");
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArmPredictions(List.of(FIRST, SECOND, turned), List.of(), 2),
                "a fold is missing");
    }

    @Test
    void theBootstrapDrawsGroupsOfAllFolds() {
        List<Outcomes> pooled = ARM.outcomes();
        Estimate one =
                Estimate.of(Measure.ROC_AUC, pooled, new GroupBootstrap(List.of("g", "g", "g", "g", "g", "g"), 1));
        assertEquals(7.0 / 9, one.value(), 1e-12);
        assertEquals(new Interval(one.value(), one.value()), one.ci95(), "one group is drawn again and again");
        // Two groups, the folds: a draw is one fold twice (AUC 1) or both (7/9), so that the middle 95 of 100 draws
        // reach from one to the other.
        Estimate two =
                Estimate.of(Measure.ROC_AUC, pooled, new GroupBootstrap(List.of("g", "g", "g", "h", "h", "h"), 1));
        assertEquals(7.0 / 9, two.ci95().low(), 1e-12);
        assertEquals(1, two.ci95().high(), 1e-12);
    }

    @Test
    void onlyPredictionsOfTheSameClassesArePooled() {
        Outcomes other = Outcomes.of(List.of("benign", "naevus"), "naevus", new int[] {0}, new double[][] {{1, 0}});
        assertThrows(IllegalArgumentException.class, () -> Outcomes.pooled(List.of(FIRST.outcomes(), other)));
        assertThrows(IllegalArgumentException.class, () -> Outcomes.pooled(List.of()));
    }
}
