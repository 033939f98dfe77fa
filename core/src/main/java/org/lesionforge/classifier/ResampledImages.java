package org.lesionforge.classifier;

import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.metric.FeatureExtractor.Images;

/** Images brought to another side by antialiased bicubic as they are read. */
record ResampledImages(Images images, int side) implements Images {
    @Override
    public int size() {
        return images.size();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        if (images.side() == side) {
            images.read(i, target, offset);
            return;
        }
        int from = images.side();
        byte[] pixels = new byte[3 * from * from];
        images.read(i, pixels, 0);
        RgbImage resized = Resampler.resize(RgbImage.wrap(from, from, pixels), side, side, Filter.BICUBIC);
        System.arraycopy(resized.pixels(), 0, target, offset, 3 * side * side);
    }
}
