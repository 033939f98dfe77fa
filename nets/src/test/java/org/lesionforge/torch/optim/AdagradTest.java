package org.lesionforge.torch.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.AdagradOptions;
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

/** Adagrad's steps by hand and beside libtorch's own; its memory, and gradients, saved and taken up again. */
final class AdagradTest {
    /** A net of two layers whose memory is laid out in two ways, and a third that takes no part. */
    private static final class Net extends Module {
        final Conv2dImpl conv = register_module("conv", Layers.conv(3, 8, 3, 1, 1));
        final LinearImpl linear = register_module("linear", Layers.linear(8 * 5 * 5, 1, true));
        final LinearImpl idle = register_module("idle", Layers.linear(2, 1, false));

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

        /** Adds to the gradients. */
        void backward(long index) {
            try (Scope scope = new Scope()) {
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
    void itAccumulatesSquares() {
        LinearImpl net = Layers.linear(1, 1, false);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().fill_(new Scalar(1.0));
        }
        Adagrad adagrad = new Adagrad(net, 0.1);
        step(net, adagrad, 3f);
        assertEquals(0.9, Tensors.floats(net.weight())[0], 1e-6);
        step(net, adagrad, 4f); // √(9 + 16) = 5; 0.9 − 0.1 · 4/5
        assertEquals(0.82, Tensors.floats(net.weight())[0], 1e-6);
    }

    /** loss = g · w, so the gradient is g whatever w is. */
    private static void step(LinearImpl net, Adagrad adagrad, float gradient) {
        try (Scope scope = new Scope()) {
            adagrad.zeroGradients();
            net.weight().mul(new Scalar(gradient)).sum().backward();
            adagrad.step(1, Refusal.NONE);
        }
    }

    @Test
    void itEqualsLibtorchsOwnToTheLastBit() {
        Net ours = new Net();
        Net theirs = new Net();
        Adagrad adagrad = new Adagrad(ours, 0.01);
        try (var reference = new org.bytedeco.pytorch.Adagrad(theirs.parameters(), new AdagradOptions(0.01))) {
            for (int i = 0; i < 50; i++) {
                adagrad.zeroGradients();
                reference.zero_grad();
                ours.backward(i);
                theirs.backward(i);
                adagrad.step(1, Refusal.NONE);
                reference.step();
                assertArrayEquals(theirs.values(), ours.values(), "step " + i);
            }
        }
        assertArrayEquals(Tensors.floats(new Net().idle.weight()), Tensors.floats(ours.idle.weight()));
    }

    /** Two parts of a batch, between which another net takes over. */
    @Test
    void whatItRemembersAndAGradientInTheMakingCanBeTakenUp() {
        Net straight = new Net();
        Adagrad adagrad = new Adagrad(straight, 0.01);
        for (int i = 0; i < 5; i++) {
            adagrad.zeroGradients();
            straight.backward(i);
            adagrad.step(1, Refusal.NONE);
        }
        adagrad.zeroGradients();
        straight.backward(5);
        Net other = new Net();
        other.backward(7); // of which nothing is left
        Adagrad resumed = new Adagrad(other, 0.01);
        try (Scope scope = new Scope()) {
            assertEquals(4, adagrad.state().size());
            assertEquals(3, Gradients.of(straight).size(), "none of the layer that took no part");
            resumed.load(adagrad.state());
            StateDict.load(other, StateDict.of(straight));
            Gradients.set(other, Gradients.of(straight));
        }
        straight.backward(6);
        other.backward(6);
        adagrad.step(1, Refusal.NONE);
        resumed.step(1, Refusal.NONE);
        assertArrayEquals(straight.values(), other.values());
        try (Scope scope = new Scope()) {
            float[] sums = Tensors.floats(adagrad.state().get("sum.conv.weight"));
            assertArrayEquals(sums, Tensors.floats(resumed.state().get("sum.conv.weight")));
            assertFalse(Arrays.equals(
                    sums, Tensors.floats(new Adagrad(new Net(), 0.01).state().get("sum.conv.weight"))));
            Gradients.set(other, Map.of());
            assertTrue(Gradients.of(other).isEmpty());
        }
    }

    @Test
    void anotherNetsMemoryIsRefused() {
        Net net = new Net();
        Adagrad adagrad = new Adagrad(net, 0.01);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> values = new HashMap<>(adagrad.state());
            values.remove("sum.linear.bias");
            String message = assertThrows(UnusableInputException.class, () -> adagrad.load(values))
                    .getMessage();
            assertTrue(message.contains("sum.linear.bias") && message.contains("[1], got nothing"), message);
            message = assertThrows(
                            UnusableInputException.class,
                            () -> Gradients.set(net, Map.of("linear.bias", Tensors.of(new float[2], 2))))
                    .getMessage();
            assertTrue(message.contains("'linear.bias' of shape [2]") && message.contains("[1]"), message);
            message = assertThrows(
                            UnusableInputException.class,
                            () -> Gradients.set(net, Map.of("other", Tensors.of(new float[2], 2))))
                    .getMessage();
            assertTrue(message.contains("no such parameter"), message);
        }
    }
}
