package org.lesionforge.torch.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Adam's steps by hand and beside libtorch's own; its memory, saved and taken up again. */
final class AdamTest {
    private static LinearImpl oneWeight(double value) {
        LinearImpl net = Layers.linear(1, 1, false);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().fill_(new Scalar(value));
        }
        return net;
    }

    /** The gradient of loss = g · w is g. */
    private static void step(LinearImpl net, Adam adam, float gradient) {
        try (Scope scope = new Scope()) {
            adam.zeroGradients();
            net.weight().mul(new Scalar(gradient)).sum().backward();
            adam.step(1, Refusal.NONE);
        }
    }

    @Test
    void twoStepsAreThoseOfThePaper() {
        LinearImpl net = oneWeight(1.0);
        Adam adam = new Adam(net, 0.1, 0.5, 0.999);
        // By hand: step 1 moves by lr (bias-corrected m/√v = 1). Step 2 with g = −2:
        // m = 0.5·0.5·1 + 0.5·(−2) = −0.75, m̂ = −0.75 / (1 − 0.25) = −1;
        // v = 0.999·0.001·1 + 0.001·4 = 0.004999, v̂ = 0.004999 / 0.001999 = 2.50075; w = 0.9 + 0.1 / 1.581376 =
        // 0.963236.
        step(net, adam, 1f);
        assertEquals(0.9, Tensors.floats(net.weight())[0], 1e-6);
        assertEquals(1, norm(net));
        step(net, adam, -2f);
        assertEquals(0.963236, Tensors.floats(net.weight())[0], 2e-6);
        assertEquals(2, norm(net));
    }

    private static double norm(Module net) {
        try (Scope scope = new Scope()) {
            return Gradients.norm(Tensors.floats(Gradients.norms(net)));
        }
    }

    /** A net of two layers whose memory is laid out in two ways. */
    private static final class Net extends Module {
        final Conv2dImpl conv = register_module("conv", Layers.conv(3, 8, 3, 1, 1));
        final LinearImpl linear = register_module("linear", Layers.linear(8 * 5 * 5, 1, true));

        Net() {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                StateDict.parameters(this).forEach((name, tensor) -> {
                    float[] values = noise(new Seed(3).of(name), (int) tensor.numel());
                    tensor.copy_(Tensors.of(values, tensor.shape()));
                });
                conv.weight().set_data(conv.weight().contiguous(MemoryFormat.ChannelsLast));
            }
        }

        void backward(long index) {
            try (Scope scope = new Scope()) {
                zero_grad(true);
                Tensor x = Tensors.of(noise(new Seed(4).at(index), 4 * 75), 4, 3, 5, 5);
                linear.forward(conv.forward(x).relu().flatten(1, 3))
                        .pow(new Scalar(2))
                        .mean()
                        .backward();
            }
        }

        float[] values() {
            float[] first = Tensors.floats(conv.weight());
            float[] second = Tensors.floats(linear.weight());
            float[] all = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, all, first.length, second.length);
            return all;
        }
    }

    private static float[] noise(Seed seed, int n) {
        var random = seed.random();
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Test
    void itEqualsLibtorchsOwnToTheLastBit() {
        Net ours = new Net();
        Net theirs = new Net();
        Adam adam = new Adam(ours, 0.01, 0.9, 0.999); // libtorch's default betas, which need not be set
        try (var reference = new org.bytedeco.pytorch.Adam(theirs.parameters(), new AdamOptions(0.01))) {
            for (int i = 0; i < 50; i++) {
                ours.backward(i);
                theirs.backward(i);
                adam.step(1, Refusal.NONE);
                reference.step();
                assertArrayEquals(theirs.values(), ours.values(), "step " + i);
            }
        }
    }

    @Test
    void whatItRemembersCanBeTakenUp() {
        Net straight = new Net();
        Adam adam = new Adam(straight, 0.01, 0.5, 0.999);
        for (int i = 0; i < 5; i++) {
            straight.backward(i);
            adam.step(1, Refusal.NONE);
        }
        Net other = new Net();
        Adam resumed = new Adam(other, 0.01, 0.5, 0.999);
        Adam forgetful = new Adam(new Net(), 0.01, 0.5, 0.999);
        try (Scope scope = new Scope()) {
            assertEquals(1 + 2 * 3, adam.state().size());
            resumed.load(adam.state());
            StateDict.load(other, StateDict.of(straight));
        }
        for (int i = 5; i < 8; i++) {
            straight.backward(i);
            other.backward(i);
            adam.step(1, Refusal.NONE);
            resumed.step(1, Refusal.NONE);
        }
        assertArrayEquals(straight.values(), other.values());
        assertFalse(Arrays.equals(
                Tensors.floats(adam.state().get("exp_avg.conv.weight")),
                Tensors.floats(forgetful.state().get("exp_avg.conv.weight"))));
        assertEquals(8, Tensors.longs(resumed.state().get("step"))[0]);
    }

    @Test
    void anotherNetsMemoryIsRefused() {
        Adam adam = new Adam(new Net(), 0.01, 0.5, 0.999);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> values = new HashMap<>(adam.state());
            values.remove("exp_avg.linear.bias");
            String message = assertThrows(UnusableInputException.class, () -> adam.load(values))
                    .getMessage();
            assertTrue(message.contains("exp_avg.linear.bias") && message.contains("[1], got nothing"), message);
            values.put("exp_avg.linear.bias", Tensors.of(new float[2], 2));
            message = assertThrows(UnusableInputException.class, () -> adam.load(values))
                    .getMessage();
            assertTrue(message.contains("[1], got [2]"), message);
        }
    }

    @Test
    void aGradientThatIsNoNumberShowsInTheNorm() {
        LinearImpl net = oneWeight(1.0);
        Adam adam = new Adam(net, 0.1, 0.5, 0.999);
        step(net, adam, Float.NaN);
        assertTrue(Double.isNaN(norm(net)));
        step(net, adam, Float.POSITIVE_INFINITY);
        assertFalse(Double.isFinite(norm(net)));
    }
}
