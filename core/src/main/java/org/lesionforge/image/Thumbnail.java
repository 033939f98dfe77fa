package org.lesionforge.image;

/**
 * The reduced image by which copies are found: pixels at 32×32, each channel less its mean, as a vector of length 1.
 * The similarity of two images is the inner product of these vectors: the correlation of their pixels, which does not
 * depend on brightness, contrast or a colour cast.
 *
 * @param values 3 × 32 × 32; all 0 for an image of one colour
 */
public record Thumbnail(float[] values) {
    /** Side of the thumbnail in pixels. */
    public static final int SIDE = 32;

    private static final double PLAIN = 1e-6;

    /**
     * {@return the thumbnail of an image; the aspect ratio is not kept}
     *
     * @param image of any size
     */
    public static Thumbnail of(RgbImage image) {
        byte[] pixels = Resampler.resize(image, SIDE, SIDE, Filter.BICUBIC).pixels();
        return of(pixels);
    }

    /**
     * {@return the thumbnail in each of the eight symmetries of a square}
     *
     * @param image of any size; the aspect ratio is not kept
     */
    public static Thumbnail[] inEveryPosition(RgbImage image) {
        byte[] pixels = Resampler.resize(image, SIDE, SIDE, Filter.BICUBIC).pixels();
        Thumbnail[] positions = new Thumbnail[Symmetry.COUNT];
        byte[] laid = new byte[pixels.length];
        for (int p = 0; p < positions.length; p++) {
            Symmetry.of(p).apply(pixels, SIDE, laid, 0);
            positions[p] = of(laid);
        }
        return positions;
    }

    private static Thumbnail of(byte[] pixels) {
        int n = SIDE * SIDE;
        float[] values = new float[3 * n];
        double squares = 0;
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += pixels[3 * i + c] & 0xFF;
            }
            for (int i = 0; i < n; i++) {
                double value = (pixels[3 * i + c] & 0xFF) - sum / n;
                values[c * n + i] = (float) value;
                squares += value * value;
            }
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < values.length; i++) {
            values[i] = length < PLAIN ? 0 : (float) (values[i] / length);
        }
        return new Thumbnail(values);
    }

    /**
     * {@return the similarity in [−1, 1]; 1 for the same picture, 0 where either image is of one colour}
     *
     * @param other of any image
     */
    public double similarity(Thumbnail other) {
        // Four sums at a time: one after the other would wait for each addition.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < values.length; i += 4) {
            a += values[i] * other.values[i];
            b += values[i + 1] * other.values[i + 1];
            c += values[i + 2] * other.values[i + 2];
            d += values[i + 3] * other.values[i + 3];
        }
        return Math.min(1, (double) a + b + c + d);
    }
}
