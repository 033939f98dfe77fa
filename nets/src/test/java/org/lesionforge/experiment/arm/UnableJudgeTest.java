package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.image.SquareImages;

/** A judge that tells no images apart chooses none: what it would keep is decided by rounding. */
final class UnableJudgeTest {
    /** The next number that float32 has after 1: what equal sums in another order may differ by. */
    private static final float NEXT = Math.nextUp(1f);

    @TempDir
    Path folder;

    private MemorisationGate gate;

    @BeforeEach
    void prepare() throws IOException {
        TrainingPart training = SmallDataset.prepare(
                        folder,
                        List.of(
                                "m1,malignant,g1,train",
                                "b1,benign,g2,train",
                                "m2,malignant,g3,test",
                                "b2,benign,g4,test"))
                .training();
        gate = new MemorisationGate(training, MemorisationGate.USUAL_SIMILARITY);
    }

    /** Says of image i what is planted for it, and sees 1 beside its number in it. */
    private static PlantedJudge planted(double[] confidences, float[] seen) {
        return new PlantedJudge(image -> confidences[image.pixels()[0]], image ->
                new float[] {seen[image.pixels()[0]], seen[image.pixels()[0]] == 0 ? 0 : 1});
    }

    /** Images of one pixel, which is their number. */
    private static SquareImages images(int first, int count) {
        byte[] pixels = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            pixels[3 * i] = (byte) (first + i);
        }
        return SquareImages.of(pixels, 1);
    }

    /** Images 0 and 1 are for training, 2 and 3 for validation, 4 and 5 of another class. */
    private void choose(double[] confidences, float... seen) {
        new ConfidenceFilter(planted(confidences, seen), images(0, 2), images(2, 2), images(4, 2), gate);
    }

    private String refusal(double[] confidences, float... seen) {
        return assertThrows(NotAdmittedException.class, () -> choose(confidences, seen))
                .getMessage();
    }

    private static double[] told(double... confidences) {
        return confidences;
    }

    @Test
    void oneThatTellsThemApartMayChoose() {
        choose(told(0.5, 0.5, 0.5, 0.6, 0.4, 0.3), 1, 1.5f, 2, 1, 7, 7);
        // So little that a threshold is still a matter of the images: a ten-thousandth.
        choose(told(0.5, 0.5, 0.5, 0.5001, 0.5, 0.5), 1, 1, 1, 1.0005f, 7, 7);
    }

    @Test
    void oneThatIsSureOfItsClassMayChoose() {
        choose(told(1, 1, 1, 1, 0, 0), 1, 1.5f, 2, 1, 7, 7);
    }

    @Test
    void equalConfidencesAreRefusedWithBothSpreads() {
        String message = refusal(told(0.4, 0.4, 0.4, 0.4 * NEXT, 0.4, 0.4), 1, 1, 2, 1, 7, 7);
        // 0.4 · 2⁻²³ = 4.8e-8 beside 0.4 · 2⁻¹⁶ = 6.1e-6. The centroid is (1, 1), of length √2, so that its rounding is
        // 2⁻¹⁶ = 1.5e-5;
        // the distances are 0, 0, 1/√2 and 0.
        assertEquals(
                "the classifier in arms/none-seed0, asked for class malignant, tells no images apart, and so cannot choose"
                        + " among those that are drawn: its probabilities of the class spread over 4.8e-08 (float32's"
                        + " rounding alone: 6.1e-06) on 4 real images of all classes, and its distances to the class's"
                        + " centroid over 7.1e-01 (float32's rounding alone: 1.5e-05) on 4 real images of the class. Train"
                        + " whole networks for more epochs (--epochs) or start them from pretrained weights (--weights), in"
                        + " a new folder, or leave the filtered arms out",
                message);
    }

    @Test
    void distancesOfTheSizeOfRoundingAreRefused() {
        String message = refusal(told(0.5, 0.5, 0.2, 0.6, 0.4, 0.3), 1, NEXT, 1, NEXT, 7, 7);
        assertTrue(message.contains("class spread over 4.0e-01 "), message);
        assertTrue(message.contains("centroid over 0.0e+00 (float32's rounding alone: 1.5e-05)"), message);
        refusal(told(0.5, 0.5, 0.2, 0.6, 0.4, 0.3), 1, 1, 1, NEXT, 7, 7);
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertTrue(refusal(told(0.5, 0.5, Double.NaN, 0.6, 0.4, 0.3), 1, 1, 2, 1, 7, 7)
                .contains("class spread over NaN"));
        assertTrue(refusal(told(0.5, 0.5, 0.5, 0.6, 0.4, Double.NaN), 1, 1, 2, 1, 7, 7)
                .contains("class spread over NaN"));
        for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertTrue(refusal(told(0.5, 0.5, 0.5, 0.6, 0.4, 0.3), 1, 1, none, 1, 7, 7)
                    .contains("centroid over"));
            assertTrue(refusal(told(0.5, 0.5, 0.5, 0.6, 0.4, 0.3), 1, none, 1, 1, 7, 7)
                    .contains("centroid over NaN"));
        }
    }

    /** No vector of zeros can be brought to length √d. */
    @Test
    void oneThatSeesNothingIsRefused() {
        assertTrue(refusal(told(0.5, 0.5, 0.5, 0.6, 0.4, 0.3), 0, 0, 0, 0, 0, 0)
                .contains("centroid over 0.0e+00 (float32's rounding alone: 0.0e+00)"));
    }

    /** Where a spread is of one value, it is no evidence of anything, unless that value is no number. */
    @Test
    void aSingleValidationImageIsNoEvidence() {
        float[] seen = {1, 1, 2};
        new ConfidenceFilter(planted(told(0.5, 0.5, 0.5), seen), images(0, 2), images(2, 1), images(0, 0), gate);
        assertThrows(
                NotAdmittedException.class,
                () -> new ConfidenceFilter(
                        planted(told(0.5, 0.5, Double.NaN), seen), images(0, 2), images(2, 1), images(0, 0), gate));
        // Of two classes there are two.
        assertThrows(
                NotAdmittedException.class,
                () -> new ConfidenceFilter(
                        planted(told(0.5, 0.5, 0.5), seen), images(0, 2), images(2, 1), images(0, 1), gate));
    }
}
