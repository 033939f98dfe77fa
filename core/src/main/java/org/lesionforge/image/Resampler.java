package org.lesionforge.image;

import java.util.Arrays;
import java.util.Collections;

/** Resizes images, antialiased, with the same pixels as Pillow ({@code Image.resize} with {@code box=}). */
public final class Resampler {
    private static final int CHANNELS = 3;

    /** Rows that are resampled together: enough to fill vectors, few enough to stay in the cache. */
    private static final int BLOCK = 64;

    private Resampler() {}

    /** A rectangle of an image, in pixels; fractions of pixels are allowed. */
    public record Region(double left, double top, double right, double bottom) {
        static Region all(RgbImage image) {
            return new Region(0, 0, image.width(), image.height());
        }

        /** {@return the width in pixels, not always whole} */
        public double width() {
            return right - left;
        }

        /** {@return the height in pixels, not always whole} */
        public double height() {
            return bottom - top;
        }
    }

    /**
     * {@return the whole image at {@code width × height}, antialiased, as 8-bit values}
     *
     * @param image of any size
     * @param width of the result, at least 1
     * @param height of the result, at least 1
     * @param filter how pixels are weighed
     */
    public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
        return resize(image, Region.all(image), width, height, filter);
    }

    /**
     * A region of the image at {@code width × height}, antialiased, in Pillow's fixed-point arithmetic: columns first,
     * rounded and clipped to 8 bits, then rows. Equal to Pillow's 8-bit result to the bit.
     *
     * @param image of any size
     * @param region of {@code image}, in its pixels; its edges may lie within pixels
     * @param width of the result, at least 1
     * @param height of the result, at least 1
     * @param filter how pixels are weighed
     * @return the result; {@code image} itself where nothing changes
     */
    public static RgbImage resize(RgbImage image, Region region, int width, int height, Filter filter) {
        checkSize(width, height);
        if (width == image.width() && height == image.height() && region.equals(Region.all(image))) {
            return image;
        }
        ResampleWeights across = ResampleWeights.of(image.width(), region.left(), region.right(), width, filter);
        ResampleWeights down = ResampleWeights.of(image.height(), region.top(), region.bottom(), height, filter);
        return RgbImage.wrap(width, height, resample(image, across, down));
    }

    /**
     * A window of horizontally resampled rows moves down the image; each target row is made when all its source rows
     * are available.
     */
    private static byte[] resample(RgbImage image, ResampleWeights across, ResampleWeights down) {
        int width = across.size();
        int height = down.size();
        int left = across.first()[0];
        byte[] pixels = new byte[Math.multiplyExact(height, width * CHANNELS)];
        int[][] columns = inTurn(across.end(width - 1) - left, new int[across.most()][BLOCK * CHANNELS]);
        int[][] window = new int[down.most() + BLOCK][width * CHANNELS];
        WeightedSums acrossSums = new WeightedSums(across, BLOCK * CHANNELS);
        WeightedSums downSums = new WeightedSums(down, width * CHANNELS);
        int top = down.first()[0];
        int bottom = top;
        for (int y = 0; y < height; y++) {
            while (bottom < down.end(y)) {
                int passed = down.first()[y] - top;
                Collections.rotate(Arrays.asList(window), -passed);
                top += passed;
                int count = Math.min(BLOCK, down.end(height - 1) - bottom);
                resampleAcross(image, bottom, count, columns, across, acrossSums, window, bottom - top);
                bottom += count;
            }
            pack(downSums.line(y, window, top), pixels, y);
        }
        return pixels;
    }

    /** A ring of lines: any number of lines share the memory of a few, so that only the last ones written are kept. */
    private static int[][] inTurn(int count, int[][] memory) {
        int[][] lines = new int[count][];
        Arrays.setAll(lines, i -> memory[i % memory.length]);
        return lines;
    }

    /**
     * The rows of the image from {@code top} on, transposed, so that samples with the same weight are adjacent.
     *
     * @param columns transposed on first use, while the last few are still in the cache
     */
    private static void resampleAcross(
            RgbImage image,
            int top,
            int count,
            int[][] columns,
            ResampleWeights across,
            WeightedSums sums,
            int[][] rows,
            int start) {
        int left = across.first()[0];
        int turned = left;
        for (int x = 0; x < across.size(); x++) {
            for (; turned < across.end(x); turned++) {
                turn(image, turned, top, count, columns[turned - left]);
            }
            int[] column = sums.line(x, columns, left);
            for (int y = 0; y < count; y++) {
                int[] row = rows[start + y];
                row[x * CHANNELS] = column[y];
                row[x * CHANNELS + 1] = column[BLOCK + y];
                row[x * CHANNELS + 2] = column[2 * BLOCK + y];
            }
        }
    }

    /** Fills the column with its red samples, then green, then blue. */
    private static void turn(RgbImage image, int x, int top, int count, int[] column) {
        byte[] pixels = image.pixels();
        int stride = image.width() * CHANNELS;
        int in = top * stride + x * CHANNELS;
        for (int y = 0; y < count; y++, in += stride) {
            column[y] = pixels[in] & 0xFF;
            column[BLOCK + y] = pixels[in + 1] & 0xFF;
            column[2 * BLOCK + y] = pixels[in + 2] & 0xFF;
        }
    }

    private static void pack(int[] row, byte[] pixels, int y) {
        int out = y * row.length;
        for (int i = 0; i < row.length; i++) {
            pixels[out + i] = (byte) row[i];
        }
    }

    private static void checkSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a target needs at least 1×1 pixels, got " + width + "×" + height);
        }
    }
}
