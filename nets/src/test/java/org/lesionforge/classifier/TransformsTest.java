package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.Symmetry;
import org.lesionforge.training.Batches;

final class TransformsTest {
    /** Red of the 2 × 2 image a b / c d; green and blue follow from it. */
    private static byte[] square(int a, int b, int c, int d) {
        byte[] pixels = new byte[12];
        int[] red = {a, b, c, d};
        for (int i = 0; i < 4; i++) {
            pixels[3 * i] = (byte) red[i];
            pixels[3 * i + 1] = (byte) (red[i] + 50);
            pixels[3 * i + 2] = (byte) (red[i] + 100);
        }
        return pixels;
    }

    private static byte[] applied(Symmetry symmetry, byte[] source, int side) {
        byte[] target = new byte[source.length + 3];
        symmetry.apply(source, side, target, 3);
        return Arrays.copyOfRange(target, 3, target.length);
    }

    @Test
    void symmetriesMovePixelsExactly() {
        byte[] image = square(1, 2, 3, 4);
        assertArrayEquals(image, applied(Symmetry.of(0), image, 2));
        assertArrayEquals(square(2, 1, 4, 3), applied(Symmetry.of(1), image, 2), "mirrored");
        assertArrayEquals(square(3, 4, 1, 2), applied(Symmetry.of(2), image, 2), "upside down");
        assertArrayEquals(square(4, 3, 2, 1), applied(Symmetry.of(3), image, 2), "half a turn");
        assertArrayEquals(square(1, 3, 2, 4), applied(Symmetry.of(4), image, 2), "transposed");
        Set<String> results = new HashSet<>();
        for (int i = 0; i < Symmetry.COUNT; i++) {
            results.add(Arrays.toString(applied(Symmetry.of(i), image, 2)));
        }
        assertEquals(8, results.size());
        assertThrows(IllegalArgumentException.class, () -> Symmetry.of(8));
    }

    @Test
    void noBatchHoldsASingleImage() {
        for (int n = 2; n < 70; n++) {
            int[] order = new int[n];
            Arrays.setAll(order, i -> i);
            for (int size = 2; size < 20; size++) {
                int next = 0;
                for (int[] batch : Batches.of(order, size)) {
                    assertTrue(batch.length >= 2 && batch.length <= size + 1, n + " in " + size);
                    for (int[] micro : Batches.micro(batch, 4)) {
                        assertTrue(micro.length >= 2 && micro.length <= 4, batch.length + " in 4");
                        for (int image : micro) {
                            assertEquals(next++, image);
                        }
                    }
                    for (int[] micro : Batches.micro(batch, 2)) {
                        assertTrue(micro.length == 2 || micro.length == 3, batch.length + " in 2");
                    }
                }
                assertEquals(n, next);
            }
        }
    }
}
