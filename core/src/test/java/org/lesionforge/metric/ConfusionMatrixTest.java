package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfusionMatrixTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");

    @Test
    void rowsAreTheTruth() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 0}, CLASSES);
        assertArrayEquals(new int[][] {{2, 1}, {1, 1}}, matrix.counts());
        assertEquals(5, matrix.total());
    }

    @Test
    void ratiosAsByHand() {
        // 80 of 100 benign and 30 of 50 malignant found.
        ConfusionMatrix matrix = new ConfusionMatrix(CLASSES, new int[][] {{80, 20}, {20, 30}});
        assertEquals(110 / 150.0, matrix.accuracy(), 1e-15);
        assertEquals(0.7, matrix.balancedAccuracy(), 1e-15);
        assertEquals(0.8, matrix.perClass(0).precision(), 1e-15);
        assertEquals(0.6, matrix.perClass(1).precision(), 1e-15);
        assertEquals(0.6, matrix.perClass(1).recall(), 1e-15);
        assertEquals(0.6, matrix.perClass(1).f1(), 1e-15);
        assertEquals(50, matrix.perClass(1).support());
        // (30·80 − 20·20) / √(50·50·100·100)
        assertEquals(0.4, matrix.matthewsCorrelation(), 1e-15);
    }

    @Test
    void precisionAndRecallAreNotMixedUp() {
        ConfusionMatrix matrix = new ConfusionMatrix(CLASSES, new int[][] {{90, 10}, {25, 25}});
        assertEquals(25 / 35.0, matrix.perClass(1).precision(), 1e-15);
        assertEquals(25 / 50.0, matrix.perClass(1).recall(), 1e-15);
        assertEquals(50 / 85.0, matrix.perClass(1).f1(), 1e-15);
    }

    @Test
    void classWithoutImagesIsUnknownNotZero() {
        ConfusionMatrix matrix = new ConfusionMatrix(CLASSES, new int[][] {{4, 1}, {0, 0}});
        assertTrue(Double.isNaN(matrix.perClass(1).precision()));
        assertTrue(Double.isNaN(matrix.perClass(1).recall()));
        assertTrue(Double.isNaN(matrix.perClass(1).f1()));
        assertTrue(Double.isNaN(matrix.balancedAccuracy()));
        assertTrue(Double.isNaN(matrix.matthewsCorrelation()));
        assertEquals(0.8, matrix.accuracy(), 1e-15);
    }

    @Test
    void classNeverPredictedHasNoPrecisionButAnF1OfZero() {
        ConfusionMatrix matrix = new ConfusionMatrix(CLASSES, new int[][] {{4, 0}, {2, 0}});
        assertTrue(Double.isNaN(matrix.perClass(1).precision()));
        assertEquals(0, matrix.perClass(1).recall());
        assertEquals(0, matrix.perClass(1).f1());
    }

    @Test
    void threeClassCorrelationIsOneWhenAllIsRight() {
        ConfusionMatrix matrix =
                new ConfusionMatrix(List.of("a", "b", "c"), new int[][] {{3, 0, 0}, {0, 5, 0}, {0, 0, 2}});
        assertEquals(1, matrix.matthewsCorrelation(), 1e-15);
    }

    @Test
    void strangeInputIsRefusedWithBothValues() {
        IllegalArgumentException lengths =
                assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(new int[3], new int[2], CLASSES));
        assertTrue(lengths.getMessage().contains("3") && lengths.getMessage().contains("2"));
        IllegalArgumentException index = assertThrows(
                IllegalArgumentException.class, () -> ConfusionMatrix.of(new int[] {2}, new int[] {0}, CLASSES));
        assertTrue(index.getMessage().contains("truth 2"));
    }
}
