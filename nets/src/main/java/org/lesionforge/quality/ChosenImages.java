package org.lesionforge.quality;

import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;

/**
 * Some of other images.
 *
 * @param indices of them, in the order in which they are read
 */
record ChosenImages(Images all, int[] indices) implements Images {
    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int width(int i) {
        return all.width(indices[i]);
    }

    @Override
    public int height(int i) {
        return all.height(indices[i]);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        all.read(indices[i], target, offset);
    }

    @Override
    public RgbImage image(int i) {
        return all.image(indices[i]);
    }

    @Override
    public String sha256(int i) {
        return all.sha256(indices[i]);
    }
}
