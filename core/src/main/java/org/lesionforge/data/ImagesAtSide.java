package org.lesionforge.data;

import org.lesionforge.image.SquareImages;

/** Labelled images at one of their sides, for code that reads pixels of any part. */
public record ImagesAtSide(LabelledImages labelled, int side) implements SquareImages, ImageSet {
    @Override
    public int size() {
        return labelled.size();
    }

    @Override
    public String id(int i) {
        return labelled.id(i);
    }

    @Override
    public String group(int i) {
        return labelled.group(i);
    }

    @Override
    public String sha256(int i) {
        return labelled.sha256(i, side);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        labelled.read(i, side, target, offset);
    }
}
