package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class ColourChangeTest {
    /** 4 × 4 pixels: the left half (100, 150, 50), the right half grey of 200. */
    private static float[] image() {
        float[] image = new float[48];
        float[] left = {100, 150, 50};
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 16; i++) {
                image[16 * c + i] = i % 4 < 2 ? left[c] : 200;
            }
        }
        return image;
    }

    /** The left pixel's channels and the right one's, after a change. */
    private static float[] changed(ColourChange change) {
        try (Scope scope = new Scope()) {
            float[] all = Tensors.floats(ColourChange.apply(Tensors.of(image(), 1, 3, 4, 4), List.of(change)));
            return new float[] {all[0], all[16], all[32], all[3], all[19], all[35]};
        }
    }

    @Test
    void everyPartByHand() {
        assertArrayEquals(new float[] {100, 150, 50, 200, 200, 200}, changed(ColourChange.NONE), 1e-3f);
        assertArrayEquals(
                new float[] {120, 180, 60, 240, 240, 240}, changed(new ColourChange(1.2, 1, 1, 0, 0, 0)), 1e-3f);
        // Grey of the left: 29.9 + 88.05 + 5.7 = 123.65; the image's mean grey (123.65 + 200) / 2 = 161.825.
        assertArrayEquals(
                new float[] {130.9125f, 155.9125f, 105.9125f, 180.9125f, 180.9125f, 180.9125f},
                changed(new ColourChange(1, 0.5, 1, 0, 0, 0)),
                1e-3f);
        assertArrayEquals(
                new float[] {76.35f, 176.35f, 0, 200, 200, 200},
                changed(new ColourChange(1, 1, 2, 0, 0, 0)),
                1e-3f,
                "blue would be −23.65");
        assertArrayEquals(
                new float[] {107, 147, 52, 207, 197, 202}, changed(new ColourChange(1, 1, 1, 7, -3, 2)), 1e-3f);
        assertArrayEquals(
                new float[] {150, 225, 75, 255, 255, 255}, changed(new ColourChange(1.5, 1, 1, 0, 0, 0)), 1e-3f);
        // Twice as bright, half the contrast about 2 · 161.825 = 323.65, half the saturation about
        // 0.5 · 247.3 + 161.825 = 285.475: red 0.5 · (0.5 · 200 + 161.825 + 285.475) = 273.65 before it is cut off.
        assertArrayEquals(
                new float[] {173.65f, 198.65f, 148.65f, 255, 255, 255},
                changed(new ColourChange(2, 0.5, 0.5, -100, -100, -100)),
                1e-3f);
    }

    @Test
    void everyImageHasAChangeOfItsOwn() {
        float[] two = new float[96];
        System.arraycopy(image(), 0, two, 0, 48);
        System.arraycopy(image(), 0, two, 48, 48);
        try (Scope scope = new Scope()) {
            float[] all = Tensors.floats(ColourChange.apply(
                    Tensors.of(two, 2, 3, 4, 4), List.of(ColourChange.NONE, new ColourChange(1, 0.5, 1, 0, 0, 0))));
            assertEquals(100, all[0], 1e-3f);
            assertEquals(130.9125f, all[48], 1e-3f, "by its own mean grey, not the batch's");
        }
    }

    @Test
    void drawsFillTheirRanges() {
        SplittableRandom random = new SplittableRandom(5);
        double lowest = 2;
        double highest = 0;
        double furthest = 0;
        for (int i = 0; i < 1000; i++) {
            ColourChange change = ColourChange.draw(0.3, random);
            for (double factor : new double[] {change.brightness(), change.contrast(), change.saturation()}) {
                lowest = Math.min(lowest, factor);
                highest = Math.max(highest, factor);
            }
            for (double shift : new double[] {change.red(), change.green(), change.blue()}) {
                furthest = Math.max(furthest, Math.abs(shift));
            }
        }
        assertTrue(lowest >= 0.7 && lowest < 0.702, lowest + "");
        assertTrue(highest <= 1.3 && highest > 1.298, highest + "");
        assertTrue(furthest <= 7.65 && furthest > 7.6, furthest + "");
    }
}
