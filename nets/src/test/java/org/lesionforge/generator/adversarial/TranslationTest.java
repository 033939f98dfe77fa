package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** What a card computes at once and the CPU image by image. */
final class TranslationTest {
    private static final int SIDE = 4;
    private static final int MOST = 1;
    private static final int[] DOWN = {1, 0, 2};
    private static final int[] RIGHT = {1, 2, 0};

    /** Three images of two channels: 1, 2, 3, … */
    private static Tensor images() {
        float[] values = new float[3 * 2 * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 + i;
        }
        return Tensors.of(values, 3, 2, SIDE, SIDE)
                .contiguous(MemoryFormat.ChannelsLast)
                .requires_grad_(true);
    }

    @Test
    void imagesAreMovedByWholePixelsAndGreyComesIn() {
        try (Scope scope = new Scope()) {
            float[] moved = Tensors.floats(DiffAugment.gathered(images(), MOST, DOWN, RIGHT));
            float[] still = Tensors.floats(images());
            for (int i = 0; i < 3; i++) {
                for (int c = 0; c < 2; c++) {
                    for (int y = 0; y < SIDE; y++) {
                        for (int x = 0; x < SIDE; x++) {
                            int fromY = y + DOWN[i] - MOST;
                            int fromX = x + RIGHT[i] - MOST;
                            boolean inside = fromY >= 0 && fromY < SIDE && fromX >= 0 && fromX < SIDE;
                            int image = (i * 2 + c) * SIDE;
                            assertEquals(
                                    inside ? still[(image + fromY) * SIDE + fromX] : 0, moved[(image + y) * SIDE + x]);
                        }
                    }
                }
            }
        }
    }

    @Test
    void bothWaysGiveTheSameValuesLayoutAndGradients() {
        try (Scope scope = new Scope()) {
            Tensor once = images();
            Tensor each = images();
            Tensor gathered = DiffAugment.gathered(once, MOST, DOWN, RIGHT);
            Tensor cut = DiffAugment.cut(each, MOST, DOWN, RIGHT);
            assertArrayEquals(Tensors.floats(cut), Tensors.floats(gathered));
            assertTrue(gathered.is_contiguous(MemoryFormat.ChannelsLast));
            gathered.mul(gathered).sum().backward();
            cut.mul(cut).sum().backward();
            assertArrayEquals(Tensors.floats(each.grad()), Tensors.floats(once.grad()));
        }
    }
}
