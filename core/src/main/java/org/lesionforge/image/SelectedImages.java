package org.lesionforge.image;

/** A selection of other images, in any order. */
record SelectedImages(SquareImages all, int[] indices) implements SquareImages {
    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int side() {
        return all.side();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        all.read(indices[i], target, offset);
    }

    @Override
    public String sha256(int i) {
        return all.sha256(indices[i]);
    }
}
