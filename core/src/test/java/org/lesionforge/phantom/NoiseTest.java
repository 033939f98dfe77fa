package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NoiseTest {
    private final Noise noise = new Noise(new SplitMix64(1));

    @Test
    void gradientNoiseIsZeroOnTheLatticeAndSmoothBetween() {
        assertEquals(0, noise.at(3, -7), 1e-12);
        for (int i = 0; i < 1000; i++) {
            double x = -5 + i * 0.01;
            assertEquals(noise.at(x, 0.4), noise.at(x + 1e-6, 0.4), 2e-5);
        }
    }

    @Test
    void gradientNoiseIsCentredAndBounded() {
        double sum = 0;
        double largest = 0;
        for (int i = 0; i < 40_000; i++) {
            double value = noise.at(i % 200 * 0.37, Math.floorDiv(i, 200) * 0.41);
            sum += value;
            largest = Math.max(largest, Math.abs(value));
        }
        assertEquals(0, sum / 40_000, 0.02);
        assertTrue(largest > 0.6 && largest < 1.1, "largest " + largest);
    }

    @Test
    void seedsGiveDifferentNoise() {
        assertNotEquals(noise.at(0.3, 0.3), new Noise(new SplitMix64(2)).at(0.3, 0.3));
    }

    @Test
    void withoutJitterTheCellsAreAHoneycomb() {
        Noise.Cell cell = new Noise.Cell();
        double rowMiddle = Math.sqrt(3) / 4;

        noise.cell(0.5, rowMiddle, 0, cell); // on a centre: its six neighbours are one unit away
        assertEquals(0, cell.centre, 1e-12);
        assertEquals(1, cell.mesh, 1e-12);

        noise.cell(1, rowMiddle, 0, cell); // halfway to the next
        assertEquals(0.5, cell.centre, 1e-12);
        assertEquals(0, cell.mesh, 1e-12);

        noise.cell(1, 3 * rowMiddle, 0, cell); // the next row is moved by half a cell
        assertEquals(0, cell.centre, 1e-12);
    }
}
