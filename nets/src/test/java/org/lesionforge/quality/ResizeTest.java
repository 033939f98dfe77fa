package org.lesionforge.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

class ResizeTest {
    /** Two pixels to four, by hand: source positions 0, ½, 1, 1½ without half-pixel centres and −¼, ¼, ¾, 1¼ with them. */
    @Test
    void bilinearPositionsByHand() {
        assertArrayEquals(new float[] {1, 0, 0.5f, 0.5f, 0, 1, 0, 1}, Resize.TF.matrix(2, 4), 1e-7f);
        assertArrayEquals(new float[] {1, 0, 0.75f, 0.25f, 0.25f, 0.75f, 0, 1}, Resize.PYTORCH_FID.matrix(2, 4), 1e-7f);
    }

    /**
     * Four pixels to two, bicubic with a = −½ stretched by 2: distances ¼ and ¾ of a stretched pixel give 111/128 and 29/128, 5/4 gives
     * −9/128; beyond the border nothing, and the sum is brought to 1.
     */
    @Test
    void antialiasedBicubicByHand() {
        double[] left = {111, 111, 29, -9};
        double sum = 111 + 111 + 29 - 9;
        float[] matrix = Resize.CLEAN.matrix(4, 2);
        for (int i = 0; i < 4; i++) {
            assertEquals(left[i] / sum, matrix[i], 1e-6);
            assertEquals(left[3 - i] / sum, matrix[4 + i], 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAFlatImageFlat(Resize resize) {
        for (int from : new int[] {1, 64, 224, 299, 700}) {
            float[] matrix = resize.matrix(from, 299);
            for (int row = 0; row < 299; row++) {
                double sum = 0;
                for (int i = 0; i < from; i++) {
                    sum += matrix[row * from + i];
                }
                assertEquals(1, sum, 1e-5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"CLEAN, pil_f32_bicubic_299", "PYTORCH_FID, torch_bilinear_299_halfpixel"})
    void equalsTheReference(Resize resize, String reference) {
        Path shared = SharedFolder.require();
        Safetensors golden = Safetensors.open(shared.resolve("golden/resize_reference.safetensors"));
        try (Scope scope = new Scope()) {
            Tensor source = Tensors.of(Tensors.floats(golden.tensor("source")), 1, 224, 224, 3)
                    .permute(0, 3, 1, 2);
            float[] expected = Tensors.floats(golden.tensor(reference));
            if (resize == Resize.CLEAN) {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = Math.max(0, Math.min(255, expected[i]));
                }
            }
            assertArrayEquals(expected, Tensors.floats(resize.apply(source, 299).permute(0, 2, 3, 1)), 2e-4f);
        }
    }

    @Test
    void namesAreRead() {
        assertEquals(Resize.PYTORCH_FID, Resize.of("pytorch-fid"));
        assertThrows(IllegalArgumentException.class, () -> Resize.of("bilinear"));
    }
}
