package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.RgbImage;

class CanvasTest {
    @Test
    void coordinatesGoThereAndBack() {
        Canvas canvas = new Canvas(10);
        assertEquals(-0.5, canvas.toPixels(-1));
        assertEquals(9.5, canvas.toPixels(1));
        assertEquals(0.3, canvas.fromPixels(canvas.toPixels(0.3)), 1e-12);
    }

    @Test
    void blurSpreadsAPointAsAGaussianAndKeepsItsLight() {
        Canvas canvas = new Canvas(21);
        canvas.plane(0)[10 * 21 + 10] = 1;
        Arrays.fill(canvas.plane(1), 0.25f);

        canvas.blur(1.2);

        double sum = 0;
        for (float value : canvas.plane(0)) {
            sum += value;
        }
        assertEquals(1, sum, 1e-5);
        assertEquals(Math.exp(-0.5 / 1.44), canvas.plane(0)[10 * 21 + 11] / canvas.plane(0)[10 * 21 + 10], 1e-5);
        assertEquals(canvas.plane(0)[8 * 21 + 10], canvas.plane(0)[10 * 21 + 12]);
        for (float value : canvas.plane(1)) {
            assertEquals(0.25f, value, 1e-6f);
        }
    }

    @Test
    void pixelsAreAveragedRoundedAndClipped() {
        Canvas canvas = new Canvas(4);
        float[] red = canvas.plane(0);
        red[0] = 0.1f;
        red[1] = 0.3f;
        red[4] = 0.5f;
        red[5] = 0.7f; // mean 0.4 → 102
        Arrays.fill(canvas.plane(1), 1.7f);
        Arrays.fill(canvas.plane(2), -0.2f);

        RgbImage image = canvas.toImage(2);

        assertEquals(2, image.width());
        assertEquals(102, image.value(0, 0, 0));
        assertEquals(0, image.value(1, 1, 0));
        assertEquals(255, image.value(1, 0, 1));
        assertEquals(0, image.value(0, 1, 2));
    }
}
