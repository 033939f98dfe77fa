package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.RgbImage;

final class JpegRoundTripTest {
    /** Noise in colour: what a JPEG file loses most of. */
    private static RgbImage noise() {
        byte[] pixels = new byte[3 * 32 * 24];
        new SplittableRandom(3).nextBytes(pixels);
        return RgbImage.wrap(32, 24, pixels);
    }

    private static double difference(RgbImage a, RgbImage b) {
        double squares = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            int difference = (a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF);
            squares += difference * difference;
        }
        return Math.sqrt(squares / a.pixels().length);
    }

    @Test
    void lowerQualityLosesMore() {
        RgbImage fine = JpegRoundTrip.of(noise(), 95);
        RgbImage coarse = JpegRoundTrip.of(noise(), 20);
        assertEquals(32, fine.width());
        assertEquals(24, fine.height());
        assertTrue(difference(noise(), fine) > 10, "colour is kept at half the resolution");
        assertTrue(difference(noise(), coarse) > difference(noise(), fine) + 5);
        assertThrows(IllegalArgumentException.class, () -> JpegRoundTrip.of(noise(), 0));
    }

    @Test
    void anEvenImageStaysAsItIs() {
        byte[] grey = new byte[3 * 16 * 16];
        Arrays.fill(grey, (byte) 90);
        assertEquals(0, difference(RgbImage.wrap(16, 16, grey), JpegRoundTrip.of(RgbImage.wrap(16, 16, grey), 90)), 1);
    }
}
