package org.lesionforge.image;

/** RGB images of any sizes, read one at a time, also from several threads at once. Index {@code i} runs from 0 to {@link #size()} − 1. */
public interface Images {
    int size();

    /** Width of image {@code i}, in pixels. */
    int width(int i);

    /** Height of image {@code i}, in pixels. */
    int height(int i);

    /** Copies image {@code i}, {@code height × width × 3} bytes, row by row, red first, to {@code target} from {@code offset}. */
    void read(int i, byte[] target, int offset);

    /** Image {@code i} by itself. */
    default RgbImage image(int i) {
        byte[] pixels = new byte[Math.multiplyExact(3, Math.multiplyExact(width(i), height(i)))];
        read(i, pixels, 0);
        return RgbImage.wrap(width(i), height(i), pixels);
    }

    /** The {@link PixelHash} of image {@code i}. */
    default String sha256(int i) {
        return PixelHash.of(image(i));
    }
}
