package org.lesionforge.image;

/** RGB images of any sizes, read one at a time, also from several threads at once. Index {@code i} runs from 0 to {@link #size()} − 1. */
public interface Images {
    /** {@return the number of images} */
    int size();

    /**
     * {@return the width of image {@code i}, in pixels}
     *
     * @param i 0 to {@link #size()} − 1
     */
    int width(int i);

    /**
     * {@return the height of image {@code i}, in pixels}
     *
     * @param i 0 to {@link #size()} − 1
     */
    int height(int i);

    /**
     * Copies image {@code i}, {@code height × width × 3} bytes, row by row, red first, to {@code target} from
     * {@code offset}.
     *
     * @param i 0 to {@link #size()} − 1
     * @param target with room for the whole image from {@code offset} on
     * @param offset where the first byte goes
     */
    void read(int i, byte[] target, int offset);

    /**
     * {@return image {@code i} by itself}
     *
     * @param i 0 to {@link #size()} − 1
     */
    default RgbImage image(int i) {
        byte[] pixels = new byte[Math.multiplyExact(3, Math.multiplyExact(width(i), height(i)))];
        read(i, pixels, 0);
        return RgbImage.wrap(width(i), height(i), pixels);
    }

    /**
     * {@return the {@link PixelHash} of image {@code i}}
     *
     * @param i 0 to {@link #size()} − 1
     */
    default String sha256(int i) {
        return PixelHash.of(image(i));
    }
}
