package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhantomLesionTest {
    private static final int COUNT = 4000;
    private static final List<PhantomLesion> BENIGN = lesions(false);
    private static final List<PhantomLesion> MALIGNANT = lesions(true);
    private static final List<ToDoubleFunction<PhantomLesion>> SCORES = List.of(
            PhantomLesion::asymmetry,
            PhantomLesion::border,
            PhantomLesion::colours,
            PhantomLesion::diameter,
            PhantomLesion::structures);

    @Test
    void everyScoreDiffersByTheShiftAndNothingElse() {
        for (ToDoubleFunction<PhantomLesion> score : SCORES) {
            assertEquals(0, mean(BENIGN, score), 0.06);
            assertEquals(PhantomLesion.SHIFT, mean(MALIGNANT, score), 0.06);
            assertEquals(1, spread(BENIGN, score), 0.06);
            assertEquals(1, spread(MALIGNANT, score), 0.06);
        }
    }

    @Test
    void oneScoreAloneTellsTheClassesPoorly() {
        // Φ(1.5 / 2) = 0.7734
        for (ToDoubleFunction<PhantomLesion> score : SCORES) {
            assertEquals(0.7734, accuracy(score, PhantomLesion.SHIFT / 2), 0.015);
        }
    }

    @Test
    void allScoresTogetherTellTheClassesWellButNotPerfectly() {
        // Φ(√5 · 1.5 / 2) = Φ(1.6771) = 0.9532
        ToDoubleFunction<PhantomLesion> sum = lesion -> SCORES.stream()
                .mapToDouble(score -> score.applyAsDouble(lesion))
                .sum();
        assertEquals(0.9532, accuracy(sum, 5 * PhantomLesion.SHIFT / 2), 0.01);
    }

    @Test
    void aSeedIsALesion() {
        assertEquals(PhantomLesion.of(true, 5), PhantomLesion.of(true, 5));
        assertNotEquals(
                PhantomLesion.of(true, 5).seed(), PhantomLesion.of(false, 5).seed());
        assertEquals("benign", PhantomLesion.of(false, 5).label());
        assertEquals("malignant", PhantomLesion.of(true, 5).label());
    }

    private static List<PhantomLesion> lesions(boolean malignant) {
        return LongStream.range(0, COUNT)
                .mapToObj(seed -> PhantomLesion.of(malignant, seed))
                .toList();
    }

    private static double mean(List<PhantomLesion> lesions, ToDoubleFunction<PhantomLesion> score) {
        return lesions.stream().mapToDouble(score).average().orElseThrow();
    }

    private static double spread(List<PhantomLesion> lesions, ToDoubleFunction<PhantomLesion> score) {
        double mean = mean(lesions, score);
        return Math.sqrt(mean(lesions, lesion -> Math.pow(score.applyAsDouble(lesion) - mean, 2)));
    }

    private static double accuracy(ToDoubleFunction<PhantomLesion> score, double threshold) {
        long right = BENIGN.stream()
                        .filter(lesion -> score.applyAsDouble(lesion) < threshold)
                        .count()
                + MALIGNANT.stream()
                        .filter(lesion -> score.applyAsDouble(lesion) >= threshold)
                        .count();
        return right / (2.0 * COUNT);
    }
}
