package org.lesionforge.quality;

import org.lesionforge.image.Filter;
import org.lesionforge.image.Images;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.file.JpegRoundTrip;

/**
 * Images brought through one resolution and one JPEG compression, so that neither tells where they come from: antialiased
 * bicubic, rounded to bytes, then a JPEG file of quality {@value #QUALITY}.
 *
 * @param all of any sizes
 * @param side in pixels
 */
record CompressedImages(Images all, int side) implements SquareImages {
    static final int QUALITY = 90;

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public RgbImage image(int i) {
        return JpegRoundTrip.of(Resampler.resize(all.image(i), side, side, Filter.BICUBIC), QUALITY);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        System.arraycopy(image(i).pixels(), 0, target, offset, imageBytes());
    }
}
