package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.SquareImages;

final class SpectrumGapTest {
    private static final int SIDE = 32;

    private static SquareImages grey(int side, IntBinaryOperator value) {
        byte[] pixels = new byte[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            byte each = (byte) value.applyAsInt(i % side, i / side);
            pixels[3 * i] = each;
            pixels[3 * i + 1] = each;
            pixels[3 * i + 2] = each;
        }
        return SquareImages.of(pixels, side);
    }

    private static SquareImages noise(int amplitude) {
        SplittableRandom random = new SplittableRandom(5);
        return grey(SIDE, (x, y) -> 128 + (random.nextBoolean() ? amplitude : -amplitude));
    }

    /** Twice the amplitude is four times the power at every frequency: 10 log₁₀ 4 decibels. */
    @Test
    void twiceTheContrastIsSixDecibels() {
        SpectrumGap gap = SpectrumGap.of(noise(20), noise(40), SIDE);
        assertEquals(6.0206, gap.gap(), 0.01);
        assertEquals(SIDE / 2, gap.real().length);
        assertTrue(gap.fake()[9] > gap.real()[9]);
        assertEquals(0, SpectrumGap.of(noise(20), noise(20), SIDE).gap());
    }

    /** ±20 at random in every pixel has variance 400 at every frequency, 26 dB. */
    @Test
    void noiseHasItsVarianceAsPower() {
        double mean = 0;
        for (double decibels : SpectrumGap.of(noise(20), noise(20), SIDE).real()) {
            mean += decibels / (SIDE / 2.0);
        }
        assertEquals(10 * Math.log10(400), mean, 1.5);
    }

    @Test
    void aWaveIsAPeakAtItsFrequencyAndBlurTakesFineOnesAway() {
        SquareImages wave = grey(SIDE, (x, y) -> (int) Math.round(128 + 60 * Math.sin(2 * Math.PI * 6 * x / SIDE)));
        double[] spectrum = SpectrumGap.of(wave, wave, SIDE).real();
        int peak = 0;
        for (int k = 1; k < spectrum.length; k++) {
            peak = spectrum[k] > spectrum[peak] ? k : peak;
        }
        assertEquals(6, peak + 1);
        assertTrue(spectrum[12] < spectrum[5] - 30, "far from it there is nothing but rounding");
        SplittableRandom random = new SplittableRandom(9);
        SquareImages coarse = grey(8, (x, y) -> random.nextInt(256));
        SpectrumGap blurred = SpectrumGap.of(noise(40), coarse, SIDE);
        assertTrue(blurred.fake()[14] < blurred.real()[14] - 10, "enlarged from 8 pixels");
    }

    @Test
    void onlyComparableSidesAreTaken() {
        assertEquals(64, SpectrumGap.comparable(64));
        assertEquals(64, SpectrumGap.comparable(100));
        assertEquals(256, SpectrumGap.comparable(1000));
        assertThrows(IllegalArgumentException.class, () -> SpectrumGap.of(noise(1), noise(1), 24));
    }
}
