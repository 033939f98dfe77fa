package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.UnusableInputException;

/** Each trap of libtorch's Java face, held shut. */
final class TorchRoomTest {
    @Test
    void convolutionsHaveTheStrideAndPaddingTheyAreGiven() {
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.of(new float[3 * 17 * 11], 1, 3, 17, 11);
            assertArrayEquals(
                    new long[] {1, 5, 9, 6},
                    Layers.conv(3, 5, 5, 2, 2).forward(x).shape());
            assertArrayEquals(
                    new long[] {1, 5, 17, 11},
                    Layers.conv(3, 5, new long[] {1, 7}, 1, new long[] {0, 3})
                            .forward(x)
                            .shape());
            assertArrayEquals(
                    new long[] {1, 5, 34, 22},
                    Layers.transposedConv(3, 5, 5, 2, 2, 1).forward(x).shape());
            assertArrayEquals(
                    new long[] {1, 5, 34, 22},
                    Layers.transposedConv(3, 5, 4, 2, 1, 0).forward(x).shape());
            assertEquals(1, StateDict.of(Layers.conv(3, 5, 5, 2, 2)).size(), "no bias");
        }
    }

    @Test
    void imagesGoInAndComeBackUnchanged() {
        byte[] pixels = new byte[2 * 4 * 4 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 5);
        }
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.images(pixels, 2, 4, new Device("cpu"));
            assertArrayEquals(new long[] {2, 3, 4, 4}, images.shape());
            // image 1, green, row 2, column 3 is byte ((1·4 + 2)·4 + 3)·3 + 1 = 82
            float expected = (pixels[82] & 0xFF) / 127.5f - 1f;
            assertEquals(expected, Tensors.floats(images)[((1 * 3 + 1) * 4 + 2) * 4 + 3], 1e-6f);
            assertArrayEquals(pixels, Tensors.pixels(images));
        }
    }

    @Test
    void aScopeFreesWhatIsNotKept() {
        Tensor kept;
        Tensor freed;
        try (Scope scope = new Scope()) {
            freed = Tensors.of(new float[] {1}, 1);
            kept = scope.keep(Tensors.of(new float[] {2}, 1));
        }
        assertTrue(freed.isNull());
        assertEquals(2f, Tensors.floats(kept)[0]);
        try (Scope outer = new Scope()) {
            try (Scope inner = new Scope()) {
                kept = inner.keep(Tensors.of(new float[] {3}, 1));
            }
            assertEquals(3f, Tensors.floats(kept)[0]);
        }
        assertTrue(kept.isNull(), "the outer scope owns what the inner one kept");
    }

    @Test
    void loadingAStateDictNamesWhatDoesNotFit() {
        LinearImpl net = Layers.linear(2, 1, true);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> values = new HashMap<>();
            values.put("weight", Tensors.of(new float[] {1, 2}, 1, 2));
            values.put("gain", Tensors.of(new float[] {1}, 1));
            String message = assertThrows(UnusableInputException.class, () -> StateDict.load(net, values))
                    .getMessage();
            assertTrue(message.contains("bias") && message.contains("gain"), message);
            values.remove("gain");
            values.put("bias", Tensors.of(new float[] {1, 2}, 2));
            message = assertThrows(UnusableInputException.class, () -> StateDict.load(net, values))
                    .getMessage();
            assertTrue(message.contains("'bias'") && message.contains("[2]") && message.contains("[1]"), message);
            values.put("bias", Tensors.of(new float[] {7}, 1));
            StateDict.load(net, values);
            assertArrayEquals(new float[] {1, 2}, Tensors.floats(net.weight()));
            assertEquals(3, StateDict.parameterCount(net));
        }
    }

    @Test
    void freeingANetTakesItsMemoryFromWhoeverHoldsATensor() {
        LinearImpl net = Layers.linear(2, 1, true);
        try (Scope scope = new Scope()) {
            Tensor weight = net.weight();
            net.forward(Tensors.of(new float[] {1, 2}, 1, 2)).sum().backward();
            assertTrue(weight.grad().defined());
            StateDict.free(net);
            assertEquals(0, weight.numel());
            assertFalse(weight.grad().defined());
            assertEquals(0, StateDict.parameterCount(net));
        }
    }
}
