package org.lesionforge.image;

import java.util.stream.IntStream;

/** Square images of one size. */
public interface SquareImages extends Images {
    /** {@return the side of every image, in pixels} */
    int side();

    @Override
    default int width(int i) {
        return side();
    }

    @Override
    default int height(int i) {
        return side();
    }

    /** {@return the number of bytes of one image} */
    default int imageBytes() {
        return 3 * side() * side();
    }

    /**
     * {@return the images of these indices, in their order}
     *
     * @param indices each 0 to {@link #size()} − 1; one may come more than once
     */
    default SquareImages selected(int... indices) {
        return new SelectedImages(this, indices.clone());
    }

    /**
     * At most the first {@code most} images.
     *
     * @param most at least 0
     * @return no more than the first {@code most} images
     */
    default SquareImages first(int most) {
        return selected(IntStream.range(0, Math.min(most, size())).toArray());
    }

    /** {@return all images one after another, {@code size × side × side × 3} bytes} */
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
     * @param side of each image, in pixels
     * @return the images in their order
     * @throws IllegalArgumentException when they are not whole images
     */
    static SquareImages of(byte[] pixels, int side) {
        return new PackedImages(pixels, side);
    }
}
