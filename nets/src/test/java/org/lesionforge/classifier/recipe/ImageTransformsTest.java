package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** {@link Transforms}: what is drawn, from what, and how it reaches the network's input. */
final class ImageTransformsTest {
    private static final int SIDE = 4;
    private static final int LENGTH = 3 * SIDE * SIDE;

    private static List<Seed> seeds(int n) {
        return LongStream.range(0, n).mapToObj(i -> new Seed(9).at(i)).toList();
    }

    private static byte[] pixels(int n) {
        byte[] pixels = new byte[n * LENGTH];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 % 251);
        }
        return pixels;
    }

    private static Tensor tensor(byte[] pixels) {
        return Tensors.ofBytes(pixels, pixels.length / LENGTH, SIDE, SIDE, 3);
    }

    private static float[] applied(Transforms transforms, byte[] pixels, List<Seed> seeds) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(transforms.apply(tensor(pixels), seeds, x -> x.div(new Scalar(2))));
        }
    }

    @Test
    void flipsAloneMoveBytesExactly() {
        Transforms flips = new Transforms(true, 0, 0, 0, 0);
        int n = 12;
        float[] input = applied(flips, pixels(n), seeds(n));
        Set<Symmetry> seen = new HashSet<>();
        for (int i = 0; i < n; i++) {
            Symmetry symmetry = flips.draw(seeds(n).get(i)).flips();
            seen.add(symmetry);
            byte[] expected = new byte[LENGTH];
            symmetry.apply(Arrays.copyOfRange(pixels(n), i * LENGTH, (i + 1) * LENGTH), SIDE, expected, 0);
            for (int c = 0; c < 3; c++) {
                for (int p = 0; p < SIDE * SIDE; p++) {
                    float value = (expected[3 * p + c] & 0xFF) / 2f;
                    assertEquals(value, input[i * LENGTH + c * SIDE * SIDE + p], 0, "image " + i);
                }
            }
        }
        assertEquals(4, seen.size(), "all flips come");
    }

    @Test
    void theOneMapDoesTheSameFlips() {
        int n = 6;
        float[] exact = applied(new Transforms(true, 0, 0, 0, 0), pixels(n), seeds(n));
        // A shear of a billionth of a degree goes through the map, and moves nothing.
        float[] mapped = applied(new Transforms(true, 0, 0, 1e-9, 0), pixels(n), seeds(n));
        assertArrayEquals(exact, mapped, 1e-3f);
    }

    @Test
    void theMapFlipsThenSlantsThenTurnsThenCuts() {
        ImageChange change =
                new ImageChange(Symmetry.of(1), 90, 45, new CropBox(0.25, -0.5, 0.5, 0.25), ColourChange.NONE);
        // By hand, from the new place (x, y) back: cut (0.25 + x/2, −0.5 + y/4); turned (x, y) → (−y, x):
        // (0.5 − y/4, 0.25 + x/2); slanted x + y: (0.75 − y/4 + x/2, 0.25 + x/2); flipped: −x.
        AffineMap map = change.map();
        assertArrayEquals(
                new double[] {-0.5, 0.25, -0.75, 0.5, 0, 0.25},
                new double[] {map.a(), map.b(), map.c(), map.d(), map.e(), map.f()},
                1e-12);
    }

    @Test
    void anImagesDrawsDoNotDependOnItsCompany() {
        Transforms all = new Transforms(true, 180, 0.4, 20, 0.3);
        float[] together = applied(all, pixels(5), seeds(5));
        float[] alone = applied(all, Arrays.copyOfRange(pixels(5), 3 * LENGTH, 4 * LENGTH), List.of(seeds(5).get(3)));
        assertArrayEquals(Arrays.copyOfRange(together, 3 * LENGTH, 4 * LENGTH), alone);
        assertArrayEquals(together, applied(all, pixels(5), seeds(5)), "drawn again");
    }

    @Test
    void turningOneOffLeavesTheOthers() {
        Seed seed = new Seed(4);
        ImageChange all = new Transforms(true, 180, 0.4, 20, 0.3).draw(seed);
        ImageChange noShear = new Transforms(true, 180, 0.4, 0, 0.3).draw(seed);
        ImageChange noCrop = new Transforms(true, 180, 0, 20, 0.3).draw(seed);
        ImageChange noColour = new Transforms(true, 180, 0.4, 20, 0).draw(seed);
        ImageChange noRotation = new Transforms(true, 0, 0.4, 20, 0.3).draw(seed);
        assertEquals(new ImageChange(all.flips(), all.degrees(), 0, all.crop(), all.colour()), noShear);
        assertEquals(new ImageChange(all.flips(), all.degrees(), all.shear(), CropBox.WHOLE, all.colour()), noCrop);
        assertEquals(new ImageChange(all.flips(), all.degrees(), all.shear(), all.crop(), ColourChange.NONE), noColour);
        assertEquals(all.crop(), noRotation.crop());
        assertEquals(0, noRotation.degrees(), 0);
        assertNotEquals(0, all.shear());
        assertNotEquals(CropBox.WHOLE, all.crop());
    }

    @Test
    void nothingDrawnIsNothingChanged() {
        float[] input = applied(Transforms.NONE, pixels(2), seeds(2));
        for (int p = 0; p < SIDE * SIDE; p++) {
            assertEquals((pixels(2)[3 * p + 1] & 0xFF) / 2f, input[SIDE * SIDE + p], 0);
        }
    }

    @Test
    void colourAloneLeavesEveryPixelInItsPlace() {
        byte[] grey = new byte[LENGTH];
        Arrays.fill(grey, (byte) 100);
        Transforms colour = new Transforms(false, 0, 0, 0, 0.3);
        ColourChange change = colour.draw(seeds(1).get(0)).colour();
        float[] input = applied(colour, grey, seeds(1));
        // On a grey image contrast and saturation have nothing to act on.
        assertEquals((100 * change.brightness() + change.red()) / 2, input[0], 1e-3);
        assertEquals((100 * change.brightness() + change.blue()) / 2, input[LENGTH - 1], 1e-3);
    }

    @Test
    void boxesFillTheirRangesAndStayInside() {
        SplittableRandom random = new SplittableRandom(2);
        double smallest = 1;
        double largest = 0;
        double narrowest = 1;
        double widest = 1;
        for (int i = 0; i < 5000; i++) {
            CropBox box = CropBox.draw(0.4, random);
            double area = box.width() * box.height();
            double aspect = box.width() / box.height();
            assertTrue(area >= 0.4 - 1e-12 && area <= 1, box.toString());
            assertTrue(aspect >= 0.75 - 1e-12 && aspect <= 4.0 / 3 + 1e-12, box.toString());
            assertTrue(Math.abs(box.x()) + box.width() <= 1 + 1e-12, box.toString());
            assertTrue(Math.abs(box.y()) + box.height() <= 1 + 1e-12, box.toString());
            smallest = Math.min(smallest, area);
            largest = Math.max(largest, area);
            narrowest = Math.min(narrowest, aspect);
            widest = Math.max(widest, aspect);
        }
        assertTrue(smallest < 0.401 && largest > 0.95, smallest + " to " + largest);
        assertTrue(narrowest < 0.755 && widest > 1.325, narrowest + " to " + widest);
    }

    @Test
    void valuesOutsideTheirRangesAreNamed() {
        for (double[] values : new double[][] {
            {181, 0, 0, 0},
            {-1, 0, 0, 0},
            {0, 1.1, 0, 0},
            {0, -0.1, 0, 0},
            {0, 0, 61, 0},
            {0, 0, 0, 2},
            {Double.NaN, 0, 0, 0}
        }) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> new Transforms(false, values[0], values[1], values[2], values[3]))
                    .getMessage();
            double wrong = Arrays.stream(values)
                    .filter(value -> value != 0)
                    .findFirst()
                    .orElseThrow();
            assertTrue(message.endsWith("got " + wrong), message);
        }
    }

    @Test
    void inputsStayInChannelsLastMemory() {
        try (Scope scope = new Scope()) {
            for (Transforms each : List.of(Transforms.NONE, new Transforms(true, 90, 0.5, 10, 0.2))) {
                Tensor input = each.apply(tensor(pixels(2)), seeds(2), x -> x.div(new Scalar(2)));
                assertArrayEquals(new long[] {2, 3, SIDE, SIDE}, input.shape());
                assertEquals(1, input.stride(1), "channels are next to each other");
            }
        }
    }
}
