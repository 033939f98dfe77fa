package org.lesionforge.quality;

import org.lesionforge.image.SquareImages;

/** Images in an array, for tests. */
public record MemoryImages(byte[] pixels, int size, int side) implements SquareImages {
    /** @param values whole numbers in 0…255, {@code size × side × side × 3} */
    public static MemoryImages of(float[] values, int size, int side) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.round(values[i]);
        }
        return new MemoryImages(pixels, size, side);
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        int bytes = 3 * side * side;
        System.arraycopy(pixels, i * bytes, target, offset, bytes);
    }
}
