package org.lesionforge.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How fast running averages forget. */
final class AverageDecayTest {
    @Test
    void aHalfLifeOfImagesHalvesWhatWasThere() {
        AverageDecay decay = new AverageDecay.HalfLife(1000, 0);
        assertEquals(0.5, decay.kept(1000, 1000), 1e-12);
        assertEquals(Math.pow(0.5, 0.064), decay.kept(64, 1), 1e-12, "64 of 1000 images");
    }

    @Test
    void earlyOnTheHalfLifeIsAShareOfTheImagesSeen() {
        AverageDecay decay = new AverageDecay.HalfLife(1000, 0.05);
        // After 2000 images: 0.05 · 2000 = 100 images; after 20,000 and more: the full 1000.
        assertEquals(Math.pow(0.5, 0.64), decay.kept(64, 2000), 1e-12);
        assertEquals(Math.pow(0.5, 0.064), decay.kept(64, 20_000), 1e-12);
        assertEquals(Math.pow(0.5, 0.064), decay.kept(64, 90_000), 1e-12);
    }
}
