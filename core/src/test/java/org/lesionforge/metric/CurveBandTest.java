package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CurveBandTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final int[] TRUTH = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    private static final Outcomes A = outcomes(.9, .4, .7, .6, .3, .2, .5, .1, .4, .35, .6, .05);
    private static final List<String> SINGLE =
            IntStream.range(0, 12).mapToObj(Integer::toString).toList();

    @Test
    void rocRunsStraightThroughTies() {
        // By hand: (0, 0.4) above 0.6; the tie at 0.6 leads to (1/7, 0.6).
        CurveBand band = CurveBand.roc(List.of(A), SINGLE, 0);
        assertEquals(201, band.x().length);
        assertEquals(0.4, band.y()[0], 1e-15);
        assertEquals(0.4 + 0.2 * 7 * 0.07, band.y()[14], 1e-12);
        assertEquals(1, band.y()[200], 1e-15);
        assertEquals(1, band.low()[200], 1e-15);
    }

    @Test
    void precisionIsThatOfTheHighestThresholdThatReachesTheRecall() {
        CurveBand band = CurveBand.precisionRecall(List.of(A), SINGLE, 0);
        assertEquals(1, band.y()[0]);
        assertEquals(1, band.y()[80], 1e-15);
        assertEquals(3 / 4.0, band.y()[81], 1e-15);
        assertEquals(3 / 4.0, band.y()[120], 1e-15);
        assertEquals(5 / 9.0, band.y()[200], 1e-15);
    }

    @Test
    void seedsAreAveragedVertically() {
        Outcomes perfect = outcomes(.9, .9, .9, .9, .9, .1, .1, .1, .1, .1, .1, .1);
        CurveBand band = CurveBand.roc(List.of(A, perfect), SINGLE, 0);
        assertEquals((0.4 + 1) / 2, band.y()[0], 1e-15);
    }

    @Test
    void bandHoldsTheCurveAndNarrowsWithTheSquareRootOfTheImages() {
        double small = widthInTheMiddle(150);
        double large = widthInTheMiddle(2400);
        assertEquals(4, small / large, 1.2);
    }

    private static double widthInTheMiddle(int n) {
        SplittableRandom random = new SplittableRandom(9);
        int[] truth = IntStream.range(0, n).map(i -> i % 2).toArray();
        double[] score = IntStream.range(0, n)
                .mapToDouble(i -> 1 / (1 + Math.exp(-truth[i] - random.nextGaussian())))
                .toArray();
        List<String> groups = IntStream.range(0, n).mapToObj(Integer::toString).toList();
        Outcomes outcomes = Outcomes.of(CLASSES, "malignant", truth, MeasureTest.probabilities(score));
        CurveBand band = CurveBand.roc(List.of(outcomes), groups, 1);
        double width = 0;
        for (int i = 0; i < band.x().length; i++) {
            assertTrue(band.low()[i] <= band.y()[i] && band.y()[i] <= band.high()[i], "at " + band.x()[i]);
            width += i >= 40 && i <= 120 ? band.high()[i] - band.low()[i] : 0;
        }
        return width;
    }

    @Test
    void oneClassHasNoCurve() {
        Outcomes benign = Outcomes.of(CLASSES, "malignant", new int[] {0}, new double[][] {{.5, .5}});
        assertThrows(IllegalArgumentException.class, () -> CurveBand.roc(List.of(benign), List.of("a"), 0));
    }

    @Test
    void subgroupsCountTheirOwnImages() {
        List<String> sex = List.of("f", "f", "m", "m", "", "f", "f", "m", "m", "m", "f", "");
        List<Subgroup> subgroups = Subgroup.of("sex", List.of(A), SINGLE, sex, 0);
        assertEquals(2, subgroups.size());
        Subgroup women = subgroups.get(0);
        assertEquals("f", women.value());
        assertEquals(5, women.n());
        assertEquals(2, women.positives());
        // Positives .9, .4; negatives .2, .5, .6; at ½, .9 and .6 are called positive, of .5 the first class wins.
        assertEquals(3 / 5.0, women.measures().get(Measure.ACCURACY).value(), 1e-15);
        assertEquals(1 / 2.0, women.measures().get(Measure.SENSITIVITY).value(), 1e-15);
        assertEquals(2 / 3.0, women.measures().get(Measure.SPECIFICITY).value(), 1e-15);
        assertEquals(4 / 6.0, women.measures().get(Measure.ROC_AUC).value(), 1e-15);
        assertTrue(Double.isNaN(women.measures().get(Measure.ROC_AUC).ci95().low()), "too few images");
        assertThrows(IllegalArgumentException.class, () -> Subgroup.of("sex", List.of(A), SINGLE, List.of("f"), 0));
    }

    private static Outcomes outcomes(double... score) {
        return Outcomes.of(CLASSES, "malignant", TRUTH, MeasureTest.probabilities(score));
    }
}
