package org.lesionforge.classifier;

import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.metric.FeatureExtractor.Images;
import org.lesionforge.metric.FeatureExtractor.SquareImages;

/** Images brought to one square size by antialiased bicubic as they are read; oblong ones lose their aspect. */
record ResampledImages(Images images, int side) implements SquareImages {
    @Override
    public int size() {
        return images.size();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        int width = images.width(i);
        int height = images.height(i);
        if (width == side && height == side) {
            images.read(i, target, offset);
            return;
        }
        byte[] pixels = new byte[3 * width * height];
        images.read(i, pixels, 0);
        RgbImage resized = Resampler.resize(RgbImage.wrap(width, height, pixels), side, side, Filter.BICUBIC);
        System.arraycopy(resized.pixels(), 0, target, offset, 3 * side * side);
    }
}
