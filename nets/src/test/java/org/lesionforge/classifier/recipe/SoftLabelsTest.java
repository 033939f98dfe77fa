package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.recipe.Mix.Patch;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Smoothing, MixUp and CutMix by hand. */
final class SoftLabelsTest {
    private static final int DRAWS = 20_000;

    @Test
    void smoothingSpreadsAShareOverAllClasses() {
        SoftLabels smooth = new SoftLabels(0.1, 0, 0, 0);
        try (Scope scope = new Scope()) {
            assertArrayEquals(
                    new float[] {0.95f, 0.05f, 0.05f, 0.95f},
                    Tensors.floats(smooth.of(new long[] {0, 1}, 2)),
                    1e-7f,
                    "0.9 + 0.1 / 2");
            assertArrayEquals(new float[] {0, 0, 1}, Tensors.floats(SoftLabels.NONE.of(new long[] {2}, 3)), 0, "none");
        }
    }

    /** Three images of one channel and 2 × 2 pixels, all 10, all 20, all 30. */
    private static Tensor three() {
        float[] values = new float[12];
        for (int i = 0; i < 12; i++) {
            values[i] = 10 * (1 + i / 4);
        }
        return Tensors.of(values, 3, 1, 2, 2);
    }

    @Test
    void mixUpBlendsEachImageAndLabelWithTheOneBefore() {
        try (Scope scope = new Scope()) {
            Mix mix = Mix.blend(0.75);
            // 0.75 · 10 + 0.25 · 30, 0.75 · 20 + 0.25 · 10, 0.75 · 30 + 0.25 · 20.
            float[] mixed = Tensors.floats(mix.images(three()));
            assertArrayEquals(new float[] {15, 17.5f, 27.5f}, new float[] {mixed[0], mixed[4], mixed[8]}, 1e-5f);
            assertArrayEquals(
                    new float[] {1, 0, 0.25f, 0.75f, 0.75f, 0.25f},
                    Tensors.floats(mix.labels(SoftLabels.NONE.of(new long[] {0, 1, 0}, 2))),
                    1e-6f);
        }
    }

    @Test
    void cutMixReplacesAPatch() {
        try (Scope scope = new Scope()) {
            Mix mix = new Mix(0.75, Optional.of(new Patch(1, 0, 1, 1)));
            Tensor images = three();
            assertArrayEquals(
                    new float[] {10, 10, 30, 10, 20, 20, 10, 20, 30, 30, 20, 30},
                    Tensors.floats(mix.images(images)),
                    0);
            assertArrayEquals(
                    new float[] {0.75f, 0.25f, 0, 0.25f, 0.75f, 0, 0, 0.25f, 0.75f},
                    rotated(Tensors.floats(mix.labels(SoftLabels.NONE.of(new long[] {0, 1, 2}, 3)))),
                    1e-6f);
            assertEquals(10, Tensors.floats(images)[2], 0, "the images that came in are left as they are");
        }
    }

    /** The first row is mixed with the last label; its two entries are put where the second row has them, to be read at a glance. */
    private static float[] rotated(float[] rows) {
        float[] all = rows.clone();
        all[1] = rows[2];
        all[2] = rows[1];
        return all;
    }

    @Test
    void aPatchIsASquareAboutItsCentreCutOffAtTheBorder() {
        SplittableRandom random = new SplittableRandom(3);
        boolean whole = false;
        boolean cutOff = false;
        for (int i = 0; i < 200; i++) {
            // A quarter of the area of 8 × 8: 4 × 4, 2 to either side of the centre.
            Mix mix = Mix.cut(0.25, 8, random);
            Patch patch = mix.patch().orElseThrow();
            assertTrue(patch.top() >= 0 && patch.left() >= 0, patch.toString());
            assertTrue(patch.top() + patch.height() <= 8 && patch.left() + patch.width() <= 8, patch.toString());
            assertEquals(
                    1 - patch.height() * patch.width() / 64.0, mix.own(), 1e-12, "the label is that of the pixels");
            whole |= patch.height() == 4 && patch.width() == 4;
            cutOff |= patch.height() < 4;
        }
        assertTrue(whole && cutOff);
        try (Scope scope = new Scope()) {
            // Centre at the corner with half a side of 0: nothing is replaced.
            Mix nothing = Mix.cut(0, 2, random);
            assertEquals(1, nothing.own(), 0);
            assertArrayEquals(Tensors.floats(three()), Tensors.floats(nothing.images(three())), 0);
        }
    }

    @Test
    void asManyBatchesAreMixedAsAreAskedFor() {
        SoftLabels both = new SoftLabels(0, 0.4, 0.4, 0.7);
        int mixed = 0;
        int cut = 0;
        for (int i = 0; i < DRAWS; i++) {
            Mix mix = both.draw(new Seed(1).at(i), 32);
            mixed += mix.equals(Mix.NONE) ? 0 : 1;
            cut += mix.patch().isPresent() ? 1 : 0;
        }
        assertEquals(0.7, mixed / (double) DRAWS, 0.015);
        assertEquals(0.35, cut / (double) DRAWS, 0.015);
        assertEquals(both.draw(new Seed(6), 32), both.draw(new Seed(6), 32));
        for (int i = 0; i < 50; i++) {
            assertTrue(new SoftLabels(0, 0, 1, 1).draw(new Seed(i), 32).patch().isPresent(), "CutMix alone");
            assertTrue(new SoftLabels(0, 1, 0, 1).draw(new Seed(i), 32).patch().isEmpty(), "MixUp alone");
            assertEquals(Mix.NONE, new SoftLabels(0, 0, 0, 1).draw(new Seed(i), 32));
            assertEquals(Mix.NONE, new SoftLabels(0, 1, 1, 0).draw(new Seed(i), 32));
        }
    }

    @Test
    void mixUpsShareIsBetaOfItsAlpha() {
        SoftLabels mixup = new SoftLabels(0, 0.4, 0, 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double own = mixup.draw(new Seed(2).at(i), 32).own();
            sum += own;
            squares += own * own;
        }
        double mean = sum / DRAWS;
        assertEquals(0.5, mean, 0.01);
        assertEquals(1 / (4 * (2 * 0.4 + 1)), squares / DRAWS - mean * mean, 0.003, "variance 1 / (4 (2α + 1))");
    }

    /** The largest distance between the distribution of draws and a closed form. */
    private static double distance(double alpha, DoubleUnaryOperator cumulative) {
        SplittableRandom random = new SplittableRandom(11);
        double[] draws = new double[DRAWS];
        Arrays.setAll(draws, i -> new SymmetricBeta(alpha).draw(random));
        Arrays.sort(draws);
        double furthest = 0;
        for (int i = 0; i < DRAWS; i++) {
            furthest = Math.max(furthest, Math.abs(cumulative.applyAsDouble(draws[i]) - (i + 0.5) / DRAWS));
        }
        return furthest;
    }

    @Test
    void drawsOfBetaFollowItsClosedForms() {
        // Kolmogorov: 1.63 / √n = 0.0115 is exceeded once in a hundred times.
        assertTrue(distance(1, x -> x) < 0.0115, "uniform");
        assertTrue(distance(0.5, x -> 2 / Math.PI * Math.asin(Math.sqrt(x))) < 0.0115, "arcsine");
        assertTrue(distance(2, x -> 3 * x * x - 2 * x * x * x) < 0.0115);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            double tiny = new SymmetricBeta(1e-3).draw(random);
            assertTrue(tiny >= 0 && tiny <= 1, tiny + "");
        }
    }

    @Test
    void labelsAreSoftWhereAnythingMakesThemSo() {
        assertFalse(SoftLabels.NONE.soft());
        assertTrue(new SoftLabels(0.1, 0, 0, 0).soft());
        assertTrue(new SoftLabels(0, 0.4, 0, 0.5).soft());
        assertFalse(new SoftLabels(0, 0.4, 0.4, 0).soft(), "no batch is mixed");
        assertThrows(IllegalArgumentException.class, () -> new SoftLabels(1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new SoftLabels(0, -1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new SoftLabels(0, 0, Double.POSITIVE_INFINITY, 0));
        assertThrows(IllegalArgumentException.class, () -> new SoftLabels(0, 0, 0, 1.5));
    }
}
