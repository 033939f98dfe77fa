package org.lesionforge.image;

/**
 * An image decoded at a reduced size.
 *
 * @param image the picture at {@code 1 / reduction} of its size; its last column and row may stand for less than a whole pixel
 * @param reduction 1, 2, 4 or 8
 * @param width of the whole picture, in pixels
 * @param height of the whole picture
 */
public record ReducedImage(RgbImage image, int reduction, int width, int height) {
    /**
     * {@return an image that was read whole}
     *
     * @param image of any size
     */
    public static ReducedImage whole(RgbImage image) {
        return new ReducedImage(image, 1, image.width(), image.height());
    }
}
