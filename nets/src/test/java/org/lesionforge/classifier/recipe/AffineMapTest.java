package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Every map on 4 × 4 pixels, whose interpolation is done by hand; columns 0, 1, 2, 3 hold 0, 1, 4, 9 unless said otherwise. */
final class AffineMapTest {
    private static final float[] SQUARES = {0, 1, 4, 9};
    private static final double TANGENT_OF_HALF = Math.toDegrees(Math.atan(0.5));

    private static float[] rows(float[]... rows) {
        float[] image = new float[16];
        for (int y = 0; y < 4; y++) {
            System.arraycopy(rows[rows.length == 1 ? 0 : y], 0, image, 4 * y, 4);
        }
        return image;
    }

    private static float[] applied(AffineMap map, float[] image) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(AffineMap.apply(Tensors.of(image, 1, 1, 4, 4), List.of(map)));
        }
    }

    private static float[] ramp() {
        float[] image = new float[16];
        for (int i = 0; i < 16; i++) {
            image[i] = i;
        }
        return image;
    }

    @Test
    void aCropIsScaledToTheWhole() {
        // The middle half: the new columns lie at old columns 0.75, 1.25, 1.75, 2.25.
        AffineMap middle = new CropBox(0, 0, 0.5, 1).map();
        assertArrayEquals(
                rows(new float[] {0.75f, 1.75f, 3.25f, 5.25f}), applied(middle, rows(SQUARES)), 1e-5f, "middle");
        // The left half: old columns −0.25 (the border's pixel), 0.25, 0.75, 1.25.
        AffineMap left = new CropBox(-0.5, 0, 0.5, 1).map();
        assertArrayEquals(rows(new float[] {0, 0.25f, 0.75f, 1.75f}), applied(left, rows(SQUARES)), 1e-5f, "left");
        // The same from top to bottom: old rows 2, 3 and beyond would be below.
        float[] down = new float[16];
        for (int i = 0; i < 16; i++) {
            down[i] = SQUARES[i / 4];
        }
        float[] top = applied(new CropBox(0, -0.5, 1, 0.5).map(), down);
        assertArrayEquals(new float[] {0, 0.25f, 0.75f, 1.75f}, new float[] {top[0], top[4], top[8], top[12]}, 1e-5f);
    }

    @Test
    void aShearMovesRowsAgainstEachOther() {
        // x + y/2: the rows, at y = −¾, −¼, ¼, ¾, are taken from ¾ and ¼ of a pixel to the left, ¼ and ¾ to the right.
        // What leaves the outer edge by less than half a pixel and back is the border's pixel.
        assertArrayEquals(
                rows(
                        new float[] {0, 0.25f, 1.75f, 5.25f},
                        new float[] {0, 0.75f, 3.25f, 7.75f},
                        new float[] {0.25f, 1.75f, 5.25f, 9},
                        new float[] {0.75f, 3.25f, 7.75f, 9}),
                applied(AffineMap.shear(TANGENT_OF_HALF), rows(SQUARES)),
                1e-5f);
    }

    @Test
    void outsideIsTheReflectionAtTheOuterEdge() {
        // Half an image further to the right: columns 2, 3, 4 → 3, 5 → 2.
        assertArrayEquals(
                rows(new float[] {4, 9, 9, 4}), applied(new AffineMap(1, 0, 1, 0, 1, 0), rows(SQUARES)), 1e-5f);
    }

    @Test
    void flipsAndTurnsMoveWholePixels() {
        float[] turned = new float[16];
        float[] mirrored = new float[16];
        float[] upsideDown = new float[16];
        float[] quarter = new float[16];
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                turned[4 * y + x] = 15 - (4 * y + x);
                mirrored[4 * y + x] = 4 * y + 3 - x;
                upsideDown[4 * y + x] = 4 * (3 - y) + x;
                // Counter-clockwise: the right column, from above, becomes the top row.
                quarter[4 * y + x] = 4 * x + 3 - y;
            }
        }
        assertArrayEquals(mirrored, applied(AffineMap.flip(true, false), ramp()), 1e-4f);
        assertArrayEquals(upsideDown, applied(AffineMap.flip(false, true), ramp()), 1e-4f);
        assertArrayEquals(turned, applied(AffineMap.flip(true, true), ramp()), 1e-4f);
        assertArrayEquals(turned, applied(AffineMap.rotation(180), ramp()), 1e-4f);
        assertArrayEquals(quarter, applied(AffineMap.rotation(90), ramp()), 1e-4f);
        assertArrayEquals(ramp(), applied(AffineMap.IDENTITY, ramp()), 1e-4f);
    }

    @Test
    void oneMapIsWhatTwoWouldDoOneAfterTheOther() {
        AffineMap mirror = AffineMap.flip(true, false);
        AffineMap quarter = AffineMap.rotation(90);
        AffineMap moved = new AffineMap(1, 0, 0.5, 0, 1, 0);
        for (List<AffineMap> pair : List.of(
                List.of(mirror, quarter), List.of(quarter, mirror), List.of(moved, mirror), List.of(mirror, moved))) {
            float[] twice = applied(pair.get(1), applied(pair.get(0), ramp()));
            assertArrayEquals(twice, applied(pair.get(0).then(pair.get(1)), ramp()), 1e-4f, pair.toString());
        }
        assertEquals(new AffineMap(-1, 0, -0.5, 0, 1, 0), mirror.then(moved));
        assertEquals(new AffineMap(-1, 0, 0.5, 0, 1, 0), moved.then(mirror));
    }

    @Test
    void everyImageHasAMapOfItsOwn() {
        float[] both = Arrays.copyOf(ramp(), 32);
        System.arraycopy(ramp(), 0, both, 16, 16);
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.of(both, 2, 1, 4, 4);
            float[] moved =
                    Tensors.floats(AffineMap.apply(images, List.of(AffineMap.IDENTITY, AffineMap.flip(true, true))));
            assertEquals(0, moved[0], 1e-4f);
            assertEquals(15, moved[16], 1e-4f);
            assertThrows(IllegalArgumentException.class, () -> AffineMap.apply(images, List.of(AffineMap.IDENTITY)));
        }
    }
}
