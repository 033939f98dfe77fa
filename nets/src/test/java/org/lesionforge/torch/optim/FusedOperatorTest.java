package org.lesionforge.torch.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** The operators that move nets on cards, on the CPU, where libtorch has them too, beside the optimisers written out in Java. */
final class FusedOperatorTest {
    /** Of a weight: what different roundings of one formula in float32 come to after the steps taken here, each of at most a rate of 0.01. */
    private static final float CLOSE = 2e-6f;

    /**
     * @param idle whether parameters without a gradient may be among the net's
     * @param make of a net and the operator, or none, which is Java
     */
    record Case(String operator, boolean idle, BiFunction<Module, Optional<FusedOperator>, Optimizer> make) {
        Optimizer inJava(Module net) {
            return make.apply(net, Optional.empty());
        }

        Optimizer fused(Module net) {
            return make.apply(net, Optional.of(FusedOperator.find(operator).orElseThrow()));
        }

        @Override
        public String toString() {
            return operator;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Adam.FUSED, false, (net, operator) -> new Adam(net, 0.01, 0.5, 0.999, operator)),
                new Case(Adagrad.FUSED, true, (net, operator) -> new Adagrad(net, 0.01, operator)),
                new Case(Sgd.FUSED, true, (net, operator) -> new Sgd(net, 0.001, () -> 0.9, operator)));
    }

    /** A kernel in channels-last memory, a matrix, biases, and perhaps a layer that no loss reaches. */
    private static final class Net extends Module {
        final Conv2dImpl conv = register_module("conv", Layers.conv(3, 8, 3, 1, 1));
        final LinearImpl linear = register_module("linear", Layers.linear(8 * 5 * 5, 1, true));

        Net(boolean idle) {
            if (idle) {
                register_module("idle", Layers.linear(2, 1, false));
            }
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                StateDict.parameters(this)
                        .forEach((name, tensor) -> tensor.copy_(noise(new Seed(3).of(name), tensor.shape())));
                conv.weight().set_data(conv.weight().contiguous(MemoryFormat.ChannelsLast));
            }
        }

        void backward(long index, double scale) {
            try (Scope scope = new Scope()) {
                zero_grad(true);
                linear.forward(conv.forward(noise(new Seed(4).at(index), 4, 3, 5, 5))
                                .relu()
                                .flatten(1, 3))
                        .pow(new Scalar(2))
                        .mean()
                        .mul(new Scalar(scale))
                        .backward();
            }
        }
    }

    private static Tensor noise(Seed seed, long... shape) {
        var random = seed.random();
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensors.of(values, shape);
    }

    private static Map<String, float[]> values(Module net, Optimizer optimizer) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net).forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
            optimizer.state().forEach((name, tensor) -> values.put("optimiser " + name, Tensors.floats(tensor)));
        }
        return values;
    }

    private static void assertClose(Map<String, float[]> expected, Map<String, float[]> actual, String when) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, numbers) -> {
            float largest = 1;
            for (float number : numbers) {
                largest = Math.max(largest, Math.abs(number));
            }
            assertArrayEquals(numbers, actual.get(name), CLOSE * largest, when + ": " + name);
        });
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
        expected.forEach((name, numbers) -> assertArrayEquals(numbers, actual.get(name), name));
    }

    private static Refusal decided(boolean refused) {
        return Refusal.of(torch.full(new long[0], new Scalar(refused ? 1.0 : 0.0)), true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsStepsAreThoseOfJava(Case of) {
        Net net = new Net(of.idle());
        Net other = new Net(of.idle());
        try (Optimizer java = of.inJava(net);
                Optimizer fused = of.fused(other)) {
            Map<String, float[]> before = values(net, java);
            for (int i = 0; i < 20; i++) {
                net.backward(i, 1);
                other.backward(i, 1);
                double share = i < 10 ? 1 : 0.5;
                java.step(share, Refusal.NONE);
                try (Scope scope = new Scope()) {
                    fused.step(share, i % 2 == 0 ? Refusal.NONE : decided(false));
                }
                assertClose(values(net, java), values(other, fused), "step " + i);
            }
            assertFalse(Arrays.equals(
                    before.get("conv.weight"), values(other, fused).get("conv.weight")));
            if (of.idle()) {
                assertArrayEquals(
                        before.get("idle.weight"), values(other, fused).get("idle.weight"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRefusedStepLeavesNoTraceAndTheNextIsAsIfItHadNotBeen(Case of) {
        Net net = new Net(of.idle());
        Net other = new Net(of.idle());
        try (Optimizer java = of.inJava(net);
                Optimizer fused = of.fused(other)) {
            for (int i = 0; i < 3; i++) {
                net.backward(i, 1);
                other.backward(i, 1);
                java.step(1, Refusal.NONE);
                fused.step(1, Refusal.NONE);
            }
            Map<String, float[]> inJava = values(net, java);
            Map<String, float[]> before = values(other, fused);
            net.backward(3, Double.NaN);
            other.backward(3, Double.NaN);
            try (Scope scope = new Scope()) {
                java.step(1, decided(true));
                fused.step(1, decided(true));
            }
            assertSame(inJava, values(net, java));
            assertSame(before, values(other, fused));
            net.backward(4, 1);
            other.backward(4, 1);
            java.step(1, Refusal.NONE);
            fused.step(1, Refusal.NONE);
            assertClose(values(net, java), values(other, fused), "the step after");
            assertFalse(Arrays.equals(
                    before.get("conv.weight"), values(other, fused).get("conv.weight")));
        }
    }

    /** What a checkpoint holds is the same, so that a run may resume on a card what it began on the CPU. */
    @ParameterizedTest
    @MethodSource("cases")
    void whatOneRemembersTheOtherTakesUp(Case of) {
        Net net = new Net(of.idle());
        Net other = new Net(of.idle());
        try (Optimizer java = of.inJava(net);
                Optimizer fused = of.fused(other)) {
            for (int i = 0; i < 3; i++) {
                net.backward(i, 1);
                java.step(1, Refusal.NONE);
            }
            try (Scope scope = new Scope()) {
                StateDict.load(other, StateDict.of(net));
                fused.load(java.state());
            }
            assertSame(values(net, java), values(other, fused));
            net.backward(3, 1);
            other.backward(3, 1);
            java.step(1, Refusal.NONE);
            fused.step(1, Refusal.NONE);
            assertClose(values(net, java), values(other, fused), "resumed");
        }
    }

    /** The operators read memory in its order: a gradient that lies otherwise would be taken for another. */
    @ParameterizedTest
    @MethodSource("cases")
    void aGradientThatLiesOtherwiseInMemoryIsBroughtIntoOrder(Case of) {
        Net net = new Net(of.idle());
        Net other = new Net(of.idle());
        try (Optimizer java = of.inJava(net);
                Optimizer fused = of.fused(other);
                Scope scope = new Scope()) {
            for (Net each : List.of(net, other)) {
                each.backward(0, 1);
            }
            Tensor plain = other.conv.weight().grad().contiguous(MemoryFormat.Contiguous);
            other.conv.weight().mutable_grad().set_data(plain);
            assertFalse(
                    other.conv.weight().grad().stride(1) == other.conv.weight().stride(1));
            java.step(1, Refusal.NONE);
            fused.step(1, Refusal.NONE);
            assertClose(values(net, java), values(other, fused), "one step");
        }
    }
}
