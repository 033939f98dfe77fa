package org.lesionforge.image;

import java.util.Arrays;

/** Changes the size of images, antialiased, with Pillow's pixels ({@code Image.resize} with {@code box=}). */
public final class Resampler {
    private static final int CHANNELS = 3;

    private Resampler() {}

    /** A rectangle of an image, in pixels; fractions of pixels are allowed. */
    public record Region(double left, double top, double right, double bottom) {
        static Region all(RgbImage image) {
            return new Region(0, 0, image.width(), image.height());
        }
    }

    /** The whole image at {@code width × height}, antialiased, as 8-bit values. */
    public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
        return resize(image, Region.all(image), width, height, filter);
    }

    /**
     * A region of the image at {@code width × height}, antialiased, in Pillow's fixed-point arithmetic: columns first, rounded and clipped
     * to 8 bits, then rows. Equal to Pillow's 8-bit result to the bit.
     */
    public static RgbImage resize(RgbImage image, Region region, int width, int height, Filter filter) {
        checkSize(width, height);
        byte[] pixels = image.pixels();
        int rows = image.height();
        if (width != image.width() || region.left() != 0 || region.right() != width) {
            Weights weights = Weights.of(image.width(), region.left(), region.right(), width, filter);
            pixels = horizontal(pixels, image.width(), rows, width, weights);
        }
        if (height != rows || region.top() != 0 || region.bottom() != height) {
            pixels = vertical(pixels, width, height, Weights.of(rows, region.top(), region.bottom(), height, filter));
        }
        return RgbImage.wrap(width, height, pixels);
    }

    private static byte[] horizontal(byte[] source, int sourceWidth, int rows, int width, Weights weights) {
        int[][] fixed = weights.fixedPoint();
        byte[] target = new byte[Math.multiplyExact(rows, width * CHANNELS)];
        for (int y = 0; y < rows; y++) {
            int out = y * width * CHANNELS;
            for (int x = 0; x < width; x++, out += CHANNELS) {
                int in = (y * sourceWidth + weights.first()[x]) * CHANNELS;
                int red = 1 << (Weights.PRECISION_BITS - 1);
                int green = red;
                int blue = red;
                for (int weight : fixed[x]) {
                    red += (source[in] & 0xFF) * weight;
                    green += (source[in + 1] & 0xFF) * weight;
                    blue += (source[in + 2] & 0xFF) * weight;
                    in += CHANNELS;
                }
                target[out] = clip(red);
                target[out + 1] = clip(green);
                target[out + 2] = clip(blue);
            }
        }
        return target;
    }

    private static byte[] vertical(byte[] source, int width, int height, Weights weights) {
        int[][] fixed = weights.fixedPoint();
        int stride = width * CHANNELS;
        byte[] target = new byte[Math.multiplyExact(height, stride)];
        int[] sums = new int[stride];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 1 << (Weights.PRECISION_BITS - 1));
            int in = weights.first()[y] * stride;
            for (int weight : fixed[y]) {
                for (int i = 0; i < stride; i++) {
                    sums[i] += (source[in + i] & 0xFF) * weight;
                }
                in += stride;
            }
            for (int i = 0; i < stride; i++) {
                target[y * stride + i] = clip(sums[i]);
            }
        }
        return target;
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> Weights.PRECISION_BITS));
    }

    private static void checkSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a target needs at least 1×1 pixels, got " + width + "×" + height);
        }
    }
}
