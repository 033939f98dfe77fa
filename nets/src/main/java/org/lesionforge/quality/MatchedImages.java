package org.lesionforge.quality;

import org.lesionforge.data.ImageSet;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;

/** Images brought to the size that a generator makes, by antialiased bicubic rounded to bytes, so that it is not judged on blur alone. */
record MatchedImages(ImageSet all, int side) implements ImageSet {
    @Override
    public int size() {
        return all.size();
    }

    @Override
    public int width(int i) {
        return side;
    }

    @Override
    public int height(int i) {
        return side;
    }

    @Override
    public String id(int i) {
        return all.id(i);
    }

    @Override
    public String group(int i) {
        return all.group(i);
    }

    @Override
    public RgbImage image(int i) {
        return Resampler.resize(all.image(i), side, side, Filter.BICUBIC);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        System.arraycopy(image(i).pixels(), 0, target, offset, 3 * side * side);
    }
}
