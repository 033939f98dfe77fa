package org.lesionforge.classifier.recipe;

import java.util.SplittableRandom;

/**
 * A piece of a square image that is scaled to the whole of it: torchvision's random resized crop.
 *
 * @param x of its centre, as in an {@link AffineMap}
 * @param y of its centre
 * @param width as a share of the image's, in (0, 1]
 * @param height as a share of the image's, in (0, 1]
 */
record CropBox(double x, double y, double width, double height) {
    static final CropBox WHOLE = new CropBox(0, 0, 1, 1);

    private static final double WIDEST = 4.0 / 3;
    private static final int DRAWS = 10;

    /**
     * An area, uniform from {@code smallestArea} to 1; width to height from 3/4 to 4/3, uniform in its logarithm; and a place, uniform among those inside
     * the image. What does not fit is drawn again, at most ten times; then it is the whole image.
     */
    static CropBox draw(double smallestArea, SplittableRandom random) {
        for (int i = 0; i < DRAWS; i++) {
            double area = smallestArea + (1 - smallestArea) * random.nextDouble();
            double aspect = Math.pow(WIDEST, 2 * random.nextDouble() - 1);
            double width = Math.sqrt(area * aspect);
            double height = Math.sqrt(area / aspect);
            if (width <= 1 && height <= 1) {
                double x = (1 - width) * (2 * random.nextDouble() - 1);
                double y = (1 - height) * (2 * random.nextDouble() - 1);
                return new CropBox(x, y, width, height);
            }
        }
        return WHOLE;
    }

    AffineMap map() {
        return new AffineMap(width, 0, x, 0, height, y);
    }
}
