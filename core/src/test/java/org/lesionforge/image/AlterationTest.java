package org.lesionforge.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;

/** What classical alterations do to an image, and how far they go. */
final class AlterationTest {
    /** A dark disc of radius 0.25 in the middle of light skin. */
    private static byte[] lesion(int side) {
        byte[] pixels = new byte[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            double x = (i % side + 0.5) / side - 0.5;
            int row = i / side;
            double y = (row + 0.5) / side - 0.5;
            Arrays.fill(pixels, 3 * i, 3 * i + 3, (byte) (Math.hypot(x, y) < 0.25 ? 60 : 200));
        }
        return pixels;
    }

    private static byte[] altered(long seed, byte[] source, int side) {
        byte[] target = new byte[source.length + 2];
        Alteration.random(new Seed(seed)).apply(source, side, target, 2);
        return Arrays.copyOfRange(target, 2, target.length);
    }

    private static double darkShare(byte[] pixels) {
        int low = 255;
        int high = 0;
        for (byte value : pixels) {
            low = Math.min(low, value & 0xFF);
            high = Math.max(high, value & 0xFF);
        }
        int dark = 0;
        for (byte value : pixels) {
            dark += (value & 0xFF) < (low + high) / 2 ? 1 : 0;
        }
        return (double) dark / pixels.length;
    }

    @Test
    void aLesionStaysALesion() {
        double before = darkShare(lesion(64));
        assertEquals(Math.PI * 0.25 * 0.25, before, 0.01);
        for (int seed = 0; seed < 200; seed++) {
            double after = darkShare(altered(seed, lesion(64), 64));
            // Zoom alone takes the area to at most 1.25² = 1.5625 times; shear changes it by at most 2 %, bending by
            // some.
            assertTrue(after > 0.75 * before && after < 1.5625 * 1.02 * 1.25 * before, seed + ": " + after / before);
        }
    }

    @Test
    void aPlainImageChangesInBrightnessAlone() {
        byte[] grey = new byte[3 * 32 * 32];
        Arrays.fill(grey, (byte) 100);
        int lowest = 255;
        int highest = 0;
        for (int seed = 0; seed < 200; seed++) {
            byte[] result = altered(seed, grey, 32);
            byte[] plain = new byte[result.length];
            Arrays.fill(plain, result[0]);
            assertArrayEquals(plain, result, "no edge, no seam, no colour");
            lowest = Math.min(lowest, result[0] & 0xFF);
            highest = Math.max(highest, result[0] & 0xFF);
        }
        // 127.5 + c · (100 − 127.5) + b with c in 0.85 … 1.15, b within ±25.5: 70.4 … 129.6.
        assertTrue(lowest >= 70 && lowest < 80 && highest <= 130 && highest > 120, lowest + " … " + highest);
    }

    @Test
    void oneAlterationMeansTheSameAtEverySize() {
        double[] share = new double[2];
        for (int seed = 0; seed < 20; seed++) {
            share[0] = darkShare(altered(seed, lesion(64), 64));
            share[1] = darkShare(altered(seed, lesion(192), 192));
            assertEquals(share[1], share[0], 0.02);
        }
    }
}
