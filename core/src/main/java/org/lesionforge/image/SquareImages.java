package org.lesionforge.image;

import java.util.stream.IntStream;

/** Square images of one size. */
public interface SquareImages extends Images {
    int side();

    @Override
    default int width(int i) {
        return side();
    }

    @Override
    default int height(int i) {
        return side();
    }

    /** Bytes of one image. */
    default int imageBytes() {
        return 3 * side() * side();
    }

    /** The images of these indices, in their order. */
    default SquareImages selected(int... indices) {
        return new SelectedImages(this, indices.clone());
    }

    /** At most the first {@code most} images. */
    default SquareImages first(int most) {
        return selected(IntStream.range(0, Math.min(most, size())).toArray());
    }

    /** All images one after another, {@code size × side × side × 3} bytes. */
    default byte[] pixels() {
        byte[] pixels = new byte[Math.multiplyExact(size(), imageBytes())];
        for (int i = 0; i < size(); i++) {
            read(i, pixels, i * imageBytes());
        }
        return pixels;
    }

    /**
     * Images that lie one after another in an array.
     *
     * @param pixels {@code n × side × side × 3} bytes, not copied
     * @throws IllegalArgumentException when they are not whole images
     */
    static SquareImages of(byte[] pixels, int side) {
        return new PackedImages(pixels, side);
    }
}
