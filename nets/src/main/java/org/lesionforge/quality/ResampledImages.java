package org.lesionforge.quality;

import org.lesionforge.image.Filter;
import org.lesionforge.image.Images;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;

/**
 * Images brought to one square size by antialiased bicubic as they are read; oblong ones lose their aspect.
 *
 * @param images of any sizes
 * @param side of the squares, in pixels
 */
public record ResampledImages(Images images, int side) implements SquareImages {
    @Override
    public int size() {
        return images.size();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        if (isThatSize(i)) {
            images.read(i, target, offset);
            return;
        }
        RgbImage resized = Resampler.resize(images.image(i), side, side, Filter.BICUBIC);
        System.arraycopy(resized.pixels(), 0, target, offset, imageBytes());
    }

    @Override
    public String sha256(int i) {
        return isThatSize(i) ? images.sha256(i) : SquareImages.super.sha256(i);
    }

    private boolean isThatSize(int i) {
        return images.width(i) == side && images.height(i) == side;
    }
}
