package org.lesionforge.metric.fidelity;

import org.lesionforge.image.Images;

/**
 * How the detail of two sets of images differs, frequency by frequency: their {@linkplain RadialSpectrum radial power
 * spectra}. Upsampling in a generator leaves a shortage or a surplus at high frequencies (Durall et al. 2020, "Watch your
 * Up-Convolution"); the gap is 0 where there is none.
 *
 * @param side at which both were compared, in pixels; a power of two
 * @param gap root mean square of the differences over the frequencies, in decibels
 * @param real mean power at 1 … side/2 cycles per image, in decibels over one squared grey level
 * @param fake likewise
 */
public record SpectrumGap(int side, double gap, double[] real, double[] fake) {
    /** The smallest side with enough frequencies, four. */
    public static final int LEAST_SIDE = 8;

    /** A larger one would cost time and compare what no generator here makes. */
    public static final int MOST_SIDE = 256;

    /**
     * {@return the side at which images are compared: the largest power of two not above {@code side}, at most
     * {@value #MOST_SIDE}}
     *
     * @param side that both sets reach, in pixels, at least 1
     */
    public static int comparable(int side) {
        return Integer.highestOneBit(Math.min(MOST_SIDE, side));
    }

    /**
     * Compares two sets.
     *
     * @param real at least one image, of any sizes; brought to the side by antialiased bicubic
     * @param fake likewise
     * @param side a power of two, from {@value #LEAST_SIDE} to {@value #MOST_SIDE}
     * @return both spectra and the gap
     * @throws IllegalArgumentException when a set is empty or the side is another
     */
    public static SpectrumGap of(Images real, Images fake, int side) {
        double[] ofReals = RadialSpectrum.of(real, side);
        double[] ofFakes = RadialSpectrum.of(fake, side);
        double squares = 0;
        for (int k = 0; k < ofReals.length; k++) {
            squares += (ofReals[k] - ofFakes[k]) * (ofReals[k] - ofFakes[k]);
        }
        return new SpectrumGap(side, Math.sqrt(squares / ofReals.length), ofReals, ofFakes);
    }
}
