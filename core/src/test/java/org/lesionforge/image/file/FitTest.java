package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.image.ResamplerTest;
import org.lesionforge.image.RgbImage;

class FitTest {
    /** Six columns, two rows: the thirds are 30, 90, 210. */
    private static final RgbImage STRIP = ResamplerTest.gray(6, 2, 30, 30, 90, 90, 210, 210, 30, 30, 90, 90, 210, 210);

    @Test
    void cropKeepsTheMiddleSquare() {
        RgbImage image = Fit.CROP.apply(STRIP, 2);
        assertEquals(2, image.width());
        assertEquals(2, image.height());
        for (int x = 0; x < 2; x++) {
            assertEquals(90, image.value(x, 0, 0));
            assertEquals(90, image.value(x, 1, 2));
        }
    }

    @Test
    void padCentresTheImageOnTheMeanOfItsBorder() {
        RgbImage image = Fit.PAD.apply(STRIP, 6);
        assertEquals(110, image.value(0, 0, 0), "(30 + 90 + 210) / 3 above");
        assertEquals(110, image.value(5, 5, 1), "and below");
        for (int x = 0; x < 6; x++) {
            assertEquals(STRIP.value(x, 0, 0), image.value(x, 2, 0));
            assertEquals(STRIP.value(x, 1, 0), image.value(x, 3, 0));
        }
    }

    @Test
    void squashUsesTheWholeImage() {
        RgbImage image = Fit.SQUASH.apply(ResamplerTest.gray(2, 1, 0, 200), 1);
        assertEquals(100, image.value(0, 0, 0));
    }

    @Test
    void extremeShapesFit() {
        byte[] pixels = new byte[3000 * 17 * 3];
        java.util.Arrays.fill(pixels, (byte) 200);
        for (Fit fit : Fit.values()) {
            for (RgbImage image : new RgbImage[] {
                RgbImage.wrap(3000, 17, pixels), RgbImage.wrap(17, 3000, pixels), ResamplerTest.gray(1, 1, 200)
            }) {
                RgbImage square = fit.apply(image, 64);
                assertEquals(64, square.width());
                assertEquals(64, square.height());
                assertEquals(200, square.value(0, 0, 0), fit.word());
                assertEquals(200, square.value(63, 32, 1), fit.word());
            }
        }
    }
}
