package org.lesionforge.image.file;

import org.lesionforge.image.UnreadableImageException;

/**
 * The value of white for samples of more than 8 bits.
 *
 * <p>For unsigned samples of up to 16 bits it is the largest value of the type. Files with wider, signed or
 * floating-point samples do not state it: floats in 0…1 are shares of white (TIFF's own convention), samples with a
 * maximum between 16 and 255 are 8-bit levels in a wider type, and for other integers white is the largest value of the
 * type. Where that would leave at most 4 of 255 levels, all nearly black, and wherever else it would be a guess, the
 * file is refused.
 */
final class SampleRange {
    enum Format {
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    /** How far floats may exceed 0…1, as they do after resampling or arithmetic. */
    private static final double OVERSHOOT = 1e-3;

    private static final int LEVELS = 255;
    private static final int FEWEST_LEVELS = 16;

    private SampleRange() {}

    /**
     * @param lowest of all samples
     * @param highest of all samples
     * @return the value that is white; 0 is black
     * @throws UnreadableImageException when none can be told from these samples
     */
    static double white(Format format, int bits, double lowest, double highest) throws UnreadableImageException {
        double end =
                switch (format) {
                    case FLOAT -> 1;
                    case SIGNED -> Math.pow(2, bits - 1) - 1;
                    case UNSIGNED -> Math.pow(2, bits) - 1;
                };
        boolean wide = format != Format.UNSIGNED || bits > 16;
        boolean black = lowest == 0 && highest == 0;
        if (format == Format.FLOAT && lowest >= -OVERSHOOT && highest <= 1 + OVERSHOOT) {
            return end;
        } else if (wide && lowest >= 0 && highest >= FEWEST_LEVELS && highest <= LEVELS) {
            return LEVELS;
        } else if (format != Format.FLOAT && (black || bits <= 8 || (lowest >= 0 && highest >= end * 4 / LEVELS))) {
            return end;
        }
        throw new UnreadableImageException("samples of " + bits + " bits from " + text(lowest) + " to " + text(highest)
                + ", whose white level is unknown; rescale them to 8 bits and save them as PNG");
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
