package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Samples;

/** Inception Score and kernel distance: known distributions, and NumPy 2.4 on the same numbers. */
final class ImageQualityTest {
    @Test
    void equalAnswersScoreOne() {
        assertEquals(
                1, InceptionScore.of(new FeatureArray(20, 8, new float[160]), 2).mean(), 1e-12);
    }

    @Test
    void certainAnswersSpreadOverKClassesScoreK() {
        float[] logits = new float[30 * 6];
        for (int i = 0; i < 30; i++) {
            logits[i * 6 + i % 5] = 200;
        }
        InceptionScore score = InceptionScore.of(new FeatureArray(30, 6, logits), 3);
        assertEquals(5, score.mean(), 1e-9);
        assertEquals(0, score.std(), 1e-9);
    }

    @Test
    void scoreAgreesWithTheReference() {
        FeatureArray wave = Samples.wave(20, 12, Math::sin, 0);
        float[] tripled = wave.values().clone();
        for (int i = 0; i < tripled.length; i++) {
            tripled[i] *= 3;
        }
        InceptionScore score = InceptionScore.of(new FeatureArray(20, 12, tripled), 4);
        assertEquals(1.8072778785982808, score.mean(), 1e-6);
        assertEquals(0.08371157400173447, score.std(), 1e-6);
    }

    @Test
    void moreSplitsThanImagesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> InceptionScore.of(new FeatureArray(3, 2, new float[6]), 10));
    }

    @Test
    void kernelDistanceAgreesWithTheReference() {
        Features a = Samples.wave(40, 12, Math::sin, 0);
        Features b = Samples.wave(50, 12, Math::cos, 0.1);
        assertEquals(0.02569667906162776, KernelDistance.wholeSet(a, b), 1e-12);
        KernelDistance distance = KernelDistance.of(a, b, 100, 20, 0);
        assertEquals(0.02569667906162776, distance.wholeSet(), 1e-6);
        assertEquals(distance.wholeSet(), distance.mean(), 4 * distance.std() / Math.sqrt(100));
        assertEquals(distance, KernelDistance.of(a, b, 100, 20, 0));
    }

    @Test
    void kernelsOfManyImagesAreTakenAnewForEachSubset() {
        Features a = Samples.wave(40, 12, Math::sin, 0);
        Features b = Samples.wave(50, 12, Math::cos, 0.1);
        KernelDistance held = KernelDistance.of(a, b, 100, 20, 7, 40 * 40 + 40 * 50 + 50 * 50);
        KernelDistance anew = KernelDistance.of(a, b, 100, 20, 7, 40 * 40 + 40 * 50 + 50 * 50 - 1);
        assertEquals(0.02569667906162776, anew.wholeSet(), 1e-12);
        assertEquals(held.mean(), anew.mean(), 1e-6);
        assertEquals(held.std(), anew.std(), 1e-6);
        assertNotEquals(held.wholeSet(), anew.wholeSet(), "held kernels are float32: these were the same");
    }

    @Test
    void kernelDistanceByHand() {
        // d = 1, a = {0, 1}, b = {1, 2}: k = (xy + 1)³; within a 1, within b 27, between (1 + 1 + 8 + 27) / 4.
        Features a = new FeatureArray(2, 1, new float[] {0, 1});
        Features b = new FeatureArray(2, 1, new float[] {1, 2});
        assertEquals(1 + 27 - 2 * 37 / 4.0, KernelDistance.wholeSet(a, b), 1e-12);
        assertEquals(0, KernelDistance.of(a, b, 3, 2, 1).std());
    }

    @Test
    void kernelDistanceOfOneDistributionIsZeroOnAverage() {
        SplittableRandom seeds = new SplittableRandom(1);
        double sum = 0;
        boolean negative = false;
        for (int i = 0; i < 200; i++) {
            double distance = KernelDistance.wholeSet(
                    Samples.normal(12, 6, 0, 1, seeds.nextLong()), Samples.normal(12, 6, 0, 1, seeds.nextLong()));
            sum += distance;
            negative |= distance < 0;
        }
        assertTrue(negative);
        assertEquals(0, sum / 200, 0.05);
    }

    @Test
    void subsetsLargerThanASetAreRefused() {
        Features four = Samples.normal(4, 2, 0, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> KernelDistance.of(four, four, 10, 5, 0));
    }
}
