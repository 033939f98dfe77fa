package org.lesionforge.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

class DropoutTest {
    @Test
    void dropsWhatLibtorchWouldWithTheSameSeed() {
        Seed seed = new Seed(5);
        try (Scope scope = new Scope();
                Dropout dropout = new Dropout(0.3)) {
            Tensor x = torch.rand(40, 50);
            dropout.seed(seed);
            float[] ours = Tensors.floats(dropout.apply(x));
            torch.manual_seed(seed.value());
            assertArrayEquals(Tensors.floats(torch.dropout(x, 0.3, true)), ours, 1e-6f);
        }
    }

    @Test
    void dropsItsShareAndLeavesTheMean() {
        try (Scope scope = new Scope();
                Dropout dropout = new Dropout(0.25)) {
            float[] values = Tensors.floats(dropout.apply(torch.ones(100_000)));
            // Standard deviation of a share of 100,000: 0.0014.
            long dropped = countOf(values, 0);
            assertEquals(0.25, dropped / 1e5, 0.007);
            assertEquals(100_000 - dropped, countOf(values, 1 / 0.75f));
        }
    }

    private static long countOf(float[] values, float value) {
        long count = 0;
        for (float v : values) {
            count += Math.abs(v - value) < 1e-6 ? 1 : 0;
        }
        return count;
    }

    @Test
    void nothingElseMovesItsDraws() {
        float[] first = threeDraws(false);
        assertArrayEquals(first, threeDraws(true));
    }

    private static float[] threeDraws(boolean disturbed) {
        try (Scope scope = new Scope();
                Dropout dropout = new Dropout(0.5)) {
            dropout.seed(new Seed(9));
            float[] all = new float[30];
            for (int i = 0; i < 3; i++) {
                if (disturbed) {
                    torch.rand(7);
                    new Dropout(0.5).apply(torch.ones(7));
                }
                System.arraycopy(Tensors.floats(dropout.apply(torch.ones(10))), 0, all, 10 * i, 10);
            }
            return Arrays.copyOf(all, all.length);
        }
    }

    /** Of 400 images a fifth: 80 give or take 3 deviations of 8. Each is wholly 0, or wholly divided by 0.8. */
    @Test
    void wholeImagesAreDropped() {
        try (Scope scope = new Scope();
                Dropout dropout = new Dropout(0.5)) {
            float[] values = Tensors.floats(dropout.applyToImages(torch.ones(400, 2, 3, 1), 0.2));
            int dropped = 0;
            for (int image = 0; image < 400; image++) {
                float first = values[6 * image];
                assertTrue(first == 0 || first == 1.25f, "got " + first);
                for (int i = 1; i < 6; i++) {
                    assertEquals(first, values[6 * image + i]);
                }
                dropped += first == 0 ? 1 : 0;
            }
            assertEquals(80, dropped, 24);
            assertEquals(0.5, dropout.rate());
        }
    }

    @Test
    void aShareOfAllIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Dropout(1));
        try (Scope scope = new Scope();
                Dropout dropout = new Dropout(0)) {
            assertThrows(IllegalArgumentException.class, () -> dropout.apply(torch.ones(3), 1));
            assertThrows(IllegalArgumentException.class, () -> dropout.applyToImages(torch.ones(3, 1, 1, 1), -0.1));
        }
    }
}
