package org.lesionforge.image;

/** Images one after another in an array. */
record PackedImages(byte[] pixels, int side) implements SquareImages {
    PackedImages {
        if (side < 1 || pixels.length % (3 * side * side) != 0) {
            throw new IllegalArgumentException(
                    "expected whole images of " + side + " × " + side + " × 3 bytes, got " + pixels.length + " bytes");
        }
    }

    @Override
    public int size() {
        return pixels.length / imageBytes();
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        System.arraycopy(pixels, i * imageBytes(), target, offset, imageBytes());
    }
}
