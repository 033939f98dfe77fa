package org.lesionforge.classifier.recipe;

import org.lesionforge.image.Symmetry;

/**
 * What happens to one image, as {@link Transforms} drew it.
 *
 * @param flips without a transposition
 * @param degrees by which it is turned, counter-clockwise
 * @param shear by which it is slanted, in degrees
 * @param crop the piece that is left
 * @param colour its light
 */
record ImageChange(Symmetry flips, double degrees, double shear, CropBox crop, ColourChange colour) {
    /** The image is flipped, slanted, turned, and the piece cut out of the result. */
    AffineMap map() {
        return AffineMap.flip(flips.mirrored(), flips.upsideDown())
                .then(AffineMap.shear(shear))
                .then(AffineMap.rotation(degrees))
                .then(crop.map());
    }
}
