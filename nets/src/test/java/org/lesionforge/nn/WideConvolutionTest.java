package org.lesionforge.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Against libtorch's own layers, whose gradients autograd takes. */
class WideConvolutionTest {
    @ParameterizedTest(name = "kernel {0}, padding {1}, side {2}")
    @CsvSource({"4, 1, 8", "5, 2, 8", "5, 2, 2", "5, 0, 7", "3, 1, 5", "1, 0, 4"})
    void downIsTheLayerItStandsFor(long kernel, long padding, long side) {
        Conv2dImpl layer = Layers.conv(3, 6, kernel, 2, padding);
        try (Scope scope = new Scope()) {
            WideConvolution wide = WideConvolution.down(layer.weight(), 2, padding);
            assertSame(layer.weight(), side, 3, layer::forward, wide);
        }
    }

    @ParameterizedTest(name = "kernel {0}, padding {1}, output padding {2}")
    @CsvSource({"4, 1, 0", "5, 2, 1", "2, 0, 0", "3, 1, 1"})
    void upIsTheLayerItStandsFor(long kernel, long padding, long outputPadding) {
        ConvTranspose2dImpl layer = Layers.transposedConv(6, 3, kernel, 2, padding, outputPadding);
        try (Scope scope = new Scope()) {
            WideConvolution wide = WideConvolution.up(layer.weight(), 2, padding, outputPadding);
            assertSame(layer.weight(), 4, 6, layer::forward, wide);
        }
    }

    @FunctionalInterface
    private interface Pass {
        Tensor of(Tensor x);
    }

    /** Two passes, whose gradients add up, as the discriminator's on real and on fake images. */
    private static void assertSame(Tensor weight, long side, long channels, Pass layer, WideConvolution wide) {
        Tensor[] x = {images(side, channels), images(side, channels)};
        float[][] expected = new float[2][];
        for (int i = 0; i < 2; i++) {
            loss(layer.of(x[i])).backward();
            expected[i] = taken(x[i]);
        }
        float[] ofWeight = taken(weight);
        for (int i = 0; i < 2; i++) {
            Tensor y = wide.forward(x[i]);
            assertArrayEquals(Tensors.floats(layer.of(x[i])), Tensors.floats(y), 1e-6f);
            loss(y).backward();
            wide.addGradient();
            assertArrayEquals(expected[i], taken(x[i]), 1e-5f);
        }
        float largest = 0;
        for (float value : ofWeight) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0);
        assertArrayEquals(ofWeight, Tensors.floats(weight.grad()), 1e-5f * largest);
        wide.addGradient();
        assertArrayEquals(ofWeight, Tensors.floats(weight.grad()), 1e-5f * largest, "a second time nothing is added");
    }

    @Test
    void itsGradientIsFloat32WhereLayersAreInBfloat16() {
        Conv2dImpl layer = Layers.conv(3, 6, 4, 2, 1);
        try (Scope scope = new Scope()) {
            WideConvolution wide = WideConvolution.down(layer.weight(), 2, 1);
            Tensor x = images(8, 3);
            loss(layer.forward(x)).backward();
            float[] expected = taken(layer.weight());
            try (Arithmetic training =
                    Compute.of("cpu", Optional.of(Precision.BFLOAT16)).training()) {
                Gradients.add(loss(wide.forward(x).to(x.device(), x.scalar_type())));
                wide.addGradient();
            }
            assertEquals(ScalarType.Float, layer.weight().grad().scalar_type().intern());
            float largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertArrayEquals(expected, Tensors.floats(layer.weight().grad()), 0.05f * largest);
        }
    }

    @Test
    void aFrozenWeightGetsNoGradient() {
        Conv2dImpl layer = Layers.conv(3, 6, 4, 2, 1);
        try (Scope scope = new Scope()) {
            WideConvolution wide = WideConvolution.down(layer.weight(), 2, 1);
            layer.weight().set_requires_grad(false);
            loss(wide.forward(images(8, 3))).backward();
            wide.addGradient();
            assertFalse(layer.weight().grad().defined());
            layer.weight().set_requires_grad(true);
            try (NoGradGuard noGradient = new NoGradGuard()) {
                wide.forward(images(8, 3));
            }
            wide.addGradient();
            assertFalse(layer.weight().grad().defined());
        }
    }

    @Test
    void aStepThatWasForgottenIsNoticed() {
        Conv2dImpl layer = Layers.conv(3, 6, 4, 2, 1);
        WideConvolution wide;
        try (Scope scope = new Scope()) {
            wide = WideConvolution.down(layer.weight(), 2, 1);
            wide.forward(images(8, 3));
            assertThrows(IllegalStateException.class, wide::addGradient, "no backward pass yet");
            assertThrows(IllegalStateException.class, () -> wide.forward(images(8, 3)), "two passes at once");
        }
        try (Scope scope = new Scope()) {
            loss(wide.forward(images(8, 3))).backward();
            wide.addGradient();
            assertTrue(layer.weight().grad().defined(), "a pass that was given up with its scope does no harm");
        }
    }

    @Test
    void paysFromHalfAMillionPairsOfChannelsOn() {
        try (Scope scope = new Scope()) {
            assertTrue(WideConvolution.pays(torch.empty(1024, 512, 1, 1)));
            assertFalse(WideConvolution.pays(torch.empty(1023, 512, 5, 5)));
        }
    }

    private static Tensor images(long side, long channels) {
        return torch.randn(2, channels, side, side)
                .contiguous(MemoryFormat.ChannelsLast)
                .requires_grad_(true);
    }

    /** A loss whose gradient differs from pixel to pixel. */
    private static Tensor loss(Tensor y) {
        return y.mul(y).mul(y.sigmoid()).sum();
    }

    private static float[] taken(Tensor x) {
        float[] gradient = Tensors.floats(x.grad());
        assertEquals(x.numel(), gradient.length);
        x.mutable_grad().reset();
        return gradient;
    }
}
