package org.lesionforge.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

class FusedConvolutionTest {
    @Test
    void multipliesAddsAndRectifies() {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                // Two channels in, one out: 2a − b + 1.
                FusedConvolution layer = new FusedConvolution(
                        Tensors.of(new float[] {2, -1}, 1, 2, 1, 1),
                        Tensors.of(new float[] {1}, 1),
                        new long[] {1, 1},
                        new long[] {0, 0})) {
            Tensor x = Tensors.of(new float[] {3, 0, /* b */ 4, 5}, 1, 2, 1, 2);
            assertArrayEquals(new float[] {3, 0}, Tensors.floats(layer.apply(x)));
        }
    }

    @Test
    void equalsConvolutionAndRectificationOneAfterTheOther() {
        torch.manual_seed(3);
        check(new long[] {3, 3}, 2, new long[] {0, 0}, 8, 19);
        check(new long[] {1, 7}, 1, new long[] {0, 3}, 3, 17);
        check(new long[] {5, 5}, 1, new long[] {2, 2}, 1, 35);
        check(new long[] {1, 1}, 1, new long[] {0, 0}, 2, 8);
    }

    /** Depthwise and in two groups, by each activation. */
    @Test
    void equalsGroupedConvolutionAndActivation() {
        torch.manual_seed(4);
        long[] one = {1, 1};
        for (Activation activation : Activation.values()) {
            for (long groups : new long[] {2, 16}) {
                try (Scope scope = new Scope();
                        NoGradGuard noGradient = new NoGradGuard()) {
                    Tensor kernel = torch.randn(16, 16 / groups, 3, 3);
                    Tensor bias = torch.randn(16);
                    Tensor x = torch.randn(2, 16, 11, 12).mul(new Scalar(3));
                    Tensor plain =
                            torch.conv2d(x, kernel, new TensorOptional(bias), new long[] {2, 2}, one, one, groups);
                    float[] expected = Tensors.floats(plain);
                    for (int i = 0; i < expected.length; i++) {
                        expected[i] = switch (activation) {
                            case NONE -> expected[i];
                            case RELU -> Math.max(expected[i], 0);
                            case RELU6 -> Math.min(Math.max(expected[i], 0), 6);
                            case SILU -> (float) (expected[i] / (1 + Math.exp(-expected[i])));
                        };
                    }
                    try (FusedConvolution layer =
                            new FusedConvolution(kernel, bias, new long[] {2, 2}, one, groups, activation)) {
                        assertArrayEquals(expected, Tensors.floats(layer.apply(x)), 1e-4f);
                    }
                }
            }
        }
    }

    /** The kernel is packed for the first images and has to be right for others. */
    private static void check(long[] size, long stride, long[] padding, int images, int side) {
        long[] strides = {stride, stride};
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor kernel = torch.randn(48, 40, size[0], size[1]);
            Tensor bias = torch.randn(48);
            try (FusedConvolution layer = new FusedConvolution(kernel, bias, strides, padding)) {
                for (int n : new int[] {images, images + 1, 1}) {
                    Tensor x = torch.randn(n, 40, side + n, side);
                    Tensor expected = torch.conv2d(
                                    x, kernel, new TensorOptional(bias), strides, padding, new long[] {1, 1}, 1)
                            .relu();
                    for (Tensor input : new Tensor[] {x, x.contiguous(MemoryFormat.ChannelsLast)}) {
                        Tensor y = layer.apply(input);
                        assertArrayEquals(
                                expected.sizes().vec().get(), y.sizes().vec().get());
                        // Sums of up to 1,000 products of N(0, 1), in another order.
                        assertArrayEquals(Tensors.floats(expected), Tensors.floats(y), 5e-4f);
                    }
                }
            }
        }
    }

    /** ReLU as max(x, 0) would make 0 of it, and a broken network would give plausible features. */
    @Test
    void nanInIsNanOut() {
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        // One output is w₀·a + w₁·b + bias; the pixel beside it is sound.
        assertArrayEquals(new float[] {nan, 3}, layer(new float[] {2, -1}, 1, new float[] {nan, 3, 4, 4}));
        assertArrayEquals(new float[] {nan, 3}, layer(new float[] {2, -1}, 1, new float[] {infinity, 3, infinity, 4}));
        assertArrayEquals(new float[] {infinity, 0}, layer(new float[] {2, -1}, 1, new float[] {infinity, 1, 1, 4}));
        assertArrayEquals(new float[] {nan, nan}, layer(new float[] {nan, -1}, 1, new float[] {1, 2, 3, 4}));
        assertArrayEquals(new float[] {nan, nan}, layer(new float[] {2, -1}, nan, new float[] {1, 2, 3, 4}));
    }

    /** As {@code apply} and as {@code applyToAverages} over single pixels, which must agree. */
    private static float[] layer(float[] weights, float bias, float[] pixels) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                FusedConvolution layer = new FusedConvolution(
                        Tensors.of(weights, 1, 2, 1, 1),
                        Tensors.of(new float[] {bias}, 1),
                        new long[] {1, 1},
                        new long[] {0, 0})) {
            Tensor x = Tensors.of(pixels, 1, 2, 1, 2);
            float[] values = Tensors.floats(layer.apply(x));
            assertArrayEquals(values, Tensors.floats(layer.applyToAverages(x, Tensor::clone)));
            return values;
        }
    }

    @Test
    void averagesOfWhatItMakesAreWhatItMakesOfAverages() {
        torch.manual_seed(4);
        long[] one = {1, 1};
        for (boolean countsPadding : new boolean[] {true, false}) {
            UnaryOperator<Tensor> average =
                    x -> torch.avg_pool2d(x, new long[] {3, 3}, one, one, false, countsPadding, null);
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Tensor x = torch.randn(2, 24, 9, 7);
                Tensor kernel = torch.randn(16, 24, 1, 1);
                Tensor bias = torch.randn(16);
                try (FusedConvolution layer = new FusedConvolution(kernel, bias, one, new long[] {0, 0})) {
                    Tensor expected = layer.apply(average.apply(x));
                    assertArrayEquals(
                            Tensors.floats(expected), Tensors.floats(layer.applyToAverages(x, average)), 1e-5f);
                }
            }
        }
    }

    @Test
    void outlivesTheScopeItWasMadeIn() {
        FusedConvolution layer;
        try (Scope scope = new Scope()) {
            layer = new FusedConvolution(torch.ones(1, 1, 1, 1), torch.ones(1), new long[] {1, 1}, new long[] {0, 0});
        }
        for (int i = 0; i < 3; i++) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                assertEquals(3, Tensors.item(layer.apply(torch.ones(1, 1, 1, 1).mul_(new Scalar(2.0)))));
            }
        }
        layer.close();
    }
}
