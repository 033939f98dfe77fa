package org.lesionforge.image;

/** Changes the size of images, antialiased, with Pillow's pixels ({@code Image.resize} with {@code box=}). */
public final class Resampler {
    private static final int CHANNELS = 3;

    /** Rows that are resampled together: enough to fill vectors, few enough to stay in the cache. */
    private static final int BLOCK = 32;

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
        Weights down = Weights.of(image.height(), region.top(), region.bottom(), height, filter);
        int top = down.first()[0];
        int bottom = down.end();
        int[][] rows;
        if (width != image.width() || region.left() != 0 || region.right() != width) {
            Weights across = Weights.of(image.width(), region.left(), region.right(), width, filter);
            rows = horizontal(image, top, bottom, across);
        } else {
            rows = samples(image, top, bottom);
        }
        byte[] pixels = new byte[Math.multiplyExact(height, width * CHANNELS)];
        if (height != image.height() || region.top() != 0 || region.bottom() != height) {
            vertical(rows, top, down, pixels);
        } else {
            for (int y = 0; y < height; y++) {
                pack(rows[y], pixels, y);
            }
        }
        return RgbImage.wrap(width, height, pixels);
    }

    private static int[][] samples(RgbImage image, int top, int bottom) {
        int[][] rows = new int[bottom - top][image.width() * CHANNELS];
        int in = top * image.width() * CHANNELS;
        for (int[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = image.pixels()[in++] & 0xFF;
            }
        }
        return rows;
    }

    /** Some rows at a time, turned by a right angle: so the samples that get the same weight lie side by side. */
    private static int[][] horizontal(RgbImage image, int top, int bottom, Weights weights) {
        int width = weights.first().length;
        int[][] rows = new int[bottom - top][width * CHANNELS];
        int left = weights.first()[0];
        int[][] columns = new int[weights.end() - left][BLOCK * CHANNELS];
        WeightedSums sums = new WeightedSums(weights, BLOCK * CHANNELS);
        for (int start = 0; start < rows.length; start += BLOCK) {
            int count = Math.min(BLOCK, rows.length - start);
            turn(image, left, top + start, count, columns);
            for (int x = 0; x < width; x++) {
                int[] column = sums.line(x, columns, left);
                for (int y = 0; y < count; y++) {
                    int[] row = rows[start + y];
                    row[x * CHANNELS] = column[y];
                    row[x * CHANNELS + 1] = column[BLOCK + y];
                    row[x * CHANNELS + 2] = column[2 * BLOCK + y];
                }
            }
        }
        return rows;
    }

    /** Each column gets its red samples, then green, then blue. */
    private static void turn(RgbImage image, int left, int top, int count, int[][] columns) {
        byte[] pixels = image.pixels();
        int stride = image.width() * CHANNELS;
        for (int x = 0; x < columns.length; x++) {
            int[] column = columns[x];
            int in = top * stride + (left + x) * CHANNELS;
            for (int y = 0; y < count; y++, in += stride) {
                column[y] = pixels[in] & 0xFF;
                column[BLOCK + y] = pixels[in + 1] & 0xFF;
                column[2 * BLOCK + y] = pixels[in + 2] & 0xFF;
            }
        }
    }

    private static void vertical(int[][] rows, int top, Weights weights, byte[] pixels) {
        WeightedSums sums = new WeightedSums(weights, rows[0].length);
        for (int y = 0; y < weights.first().length; y++) {
            pack(sums.line(y, rows, top), pixels, y);
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
