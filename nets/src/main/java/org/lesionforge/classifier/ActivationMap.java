package org.lesionforge.classifier;

import org.lesionforge.image.RgbImage;

/**
 * Where in an image a classifier finds what speaks for and against a class.
 *
 * @param side the map is {@code side × side} cells: 8 for images of 299 pixels
 * @param values row by row; positive where the cell speaks for the class, negative where against. Their mean is the class's logit less the
 *     mean of the others', but for the biases: for two classes, the log-odds
 */
public record ActivationMap(int side, float[] values) {
    private static final int[] FOR = {230, 80, 0};
    private static final int[] AGAINST = {0, 90, 200};
    private static final double STRONGEST = 0.65;

    /**
     * Checks the number of values.
     *
     * @param side cells along each edge
     * @param values side², row by row from the top; not copied
     * @throws IllegalArgumentException unless there are side² values
     */
    public ActivationMap {
        if (values.length != side * side) {
            throw new IllegalArgumentException("expected " + side + " × " + side + " values, got " + values.length);
        }
    }

    /**
     * The image with the map laid over it: orange speaks for the class, blue against it. The strongest cell of each map has the strongest
     * colour, so that colours of two images cannot be compared.
     *
     * @param image that the map is of, of any size: between the centres of the cells the map is interpolated bilinearly
     * @return a new image of the same size; where all values are 0 its pixels are those of {@code image}
     */
    public RgbImage over(RgbImage image) {
        double strongest = 0;
        for (float value : values) {
            strongest = Math.max(strongest, Math.abs(value));
        }
        byte[] pixels = image.pixels().clone();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double value = at((x + 0.5) / image.width(), (y + 0.5) / image.height()) / strongest;
                // Also where all values are 0: there is nothing to tint.
                if (Double.isFinite(value)) {
                    tint(pixels, 3 * (y * image.width() + x), value);
                }
            }
        }
        return RgbImage.wrap(image.width(), image.height(), pixels);
    }

    private static void tint(byte[] pixels, int offset, double value) {
        int[] colour = value > 0 ? FOR : AGAINST;
        double weight = STRONGEST * Math.abs(value);
        for (int c = 0; c < 3; c++) {
            double mixed = (1 - weight) * (pixels[offset + c] & 0xFF) + weight * colour[c];
            pixels[offset + c] = (byte) Math.round(mixed);
        }
    }

    /** Bilinear between the centres of the cells. */
    private double at(double x, double y) {
        double column = Math.max(0, Math.min(side - 1, x * side - 0.5));
        double row = Math.max(0, Math.min(side - 1, y * side - 0.5));
        int left = (int) column;
        int top = (int) row;
        double upper = between(top, left, column - left);
        double lower = between(Math.min(top + 1, side - 1), left, column - left);
        return upper + (row - top) * (lower - upper);
    }

    private double between(int row, int left, double share) {
        double from = values[row * side + left];
        double to = values[row * side + Math.min(left + 1, side - 1)];
        return from + share * (to - from);
    }
}
