package org.lesionforge.image;

/**
 * One of the eight symmetries of a square image; applied without resampling.
 *
 * @param mirrored left and right are exchanged
 * @param upsideDown top and bottom are exchanged
 * @param transposed rows and columns are exchanged, before the other two
 */
public record Symmetry(boolean mirrored, boolean upsideDown, boolean transposed) {
    /** How many there are. */
    public static final int COUNT = 8;

    /** The image as it is. */
    public static final Symmetry IDENTITY = of(0);

    /**
     * By number, so that a random one can be drawn.
     *
     * @param index 0 for the identity, 0 to 3 for the flips alone, 4 to 7 for those with a transposition
     * @return that symmetry; each number gives another one
     * @throws IllegalArgumentException when the index is not 0 to 7
     */
    public static Symmetry of(int index) {
        if (index < 0 || index >= COUNT) {
            throw new IllegalArgumentException("there are " + COUNT + " symmetries of a square, got number " + index);
        }
        return new Symmetry((index & 1) != 0, (index & 2) != 0, (index & 4) != 0);
    }

    /** {@return the symmetry that undoes this one} */
    public Symmetry inverse() {
        return transposed ? new Symmetry(upsideDown, mirrored, true) : this;
    }

    /**
     * Writes the transformed RGB image {@code source}, {@code side × side × 3} bytes, to {@code target} from
     * {@code offset}.
     *
     * @param source RGB bytes, row by row; left as they are
     * @param side of both images, in pixels
     * @param target may not be {@code source}
     * @param offset where the first byte goes
     */
    public void apply(byte[] source, int side, byte[] target, int offset) {
        if (equals(IDENTITY)) {
            System.arraycopy(source, 0, target, offset, side * side * 3);
            return;
        }
        int out = offset;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int in = 3 * origin(x, y, side);
                target[out++] = source[in];
                target[out++] = source[in + 1];
                target[out++] = source[in + 2];
            }
        }
    }

    /**
     * {@return the transformed {@code side × side} samples; {@code samples} themselves for the identity}
     *
     * @param samples of one channel, row by row
     * @param side in pixels
     */
    public double[] apply(double[] samples, int side) {
        if (equals(IDENTITY)) {
            return samples;
        }
        double[] laid = new double[samples.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                laid[y * side + x] = samples[origin(x, y, side)];
            }
        }
        return laid;
    }

    /** Position in the source, row by row, of the sample at (x, y). */
    private int origin(int x, int y, int side) {
        int row = upsideDown ? side - 1 - y : y;
        int column = mirrored ? side - 1 - x : x;
        return transposed ? column * side + row : row * side + column;
    }
}
