package org.lesionforge.image;

/**
 * An 8-bit RGB image: {@code height × width × 3} bytes, row by row, red first.
 *
 * <p>The pixels are shared, not copied: a caller that wraps an array must not change it afterwards.
 */
public final class RgbImage {
    private final int width;
    private final int height;
    private final byte[] pixels;

    private RgbImage(int width, int height, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * Takes the array itself, without a copy.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @param pixels row by row, red first
     * @return an image of these bytes
     * @throws IllegalArgumentException when the array's length is not {@code 3 × width × height}
     */
    public static RgbImage wrap(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "expected 3 × " + width + " × " + height + " bytes, got " + pixels.length);
        }
        return new RgbImage(width, height, pixels);
    }

    /** {@return the width in pixels, at least 1} */
    public int width() {
        return width;
    }

    /** {@return the height in pixels, at least 1} */
    public int height() {
        return height;
    }

    /** {@return the bytes themselves, not a copy; length {@code 3 × width × height}} */
    public byte[] pixels() {
        return pixels;
    }

    /**
     * {@return one sample of one pixel, in 0…255}
     *
     * @param x column, from the left, from 0
     * @param y row, from the top, from 0
     * @param channel 0 red, 1 green, 2 blue
     */
    public int value(int x, int y, int channel) {
        return pixels[(y * width + x) * 3 + channel] & 0xFF;
    }
}
