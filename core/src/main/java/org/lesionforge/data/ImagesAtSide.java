package org.lesionforge.data;

import org.lesionforge.image.SquareImages;

/** Labelled images at one of their sides: what reads pixels and need not know which part they are of. */
public record ImagesAtSide(LabelledImages labelled, int side) implements SquareImages {
    @Override
    public int size() {
        return labelled.size();
    }

    /** The identifier of image {@code i}. */
    public String id(int i) {
        return labelled.id(i);
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
