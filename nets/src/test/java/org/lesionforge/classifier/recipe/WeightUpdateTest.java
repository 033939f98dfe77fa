package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.optim.Adam;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Sgd;

/** Steps, decay and clipping by hand, on one weight and one bias. */
final class WeightUpdateTest {
    /** Weight 2, bias 1; the gradient of w · a + b · c is (a, c). */
    private static LinearImpl net() {
        LinearImpl net = Layers.linear(1, 1, true);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            net.weight().fill_(new Scalar(2.0));
            net.bias().fill_(new Scalar(1.0));
        }
        return net;
    }

    private static void gradients(LinearImpl net, double ofWeight, double ofBias) {
        try (Scope scope = new Scope()) {
            net.zero_grad(true);
            Tensor ofBoth = net.weight().mul(new Scalar(ofWeight)).sum();
            ofBoth.add(net.bias().mul(new Scalar(ofBias)).sum()).backward();
        }
    }

    private static double[] values(LinearImpl net) {
        return new double[] {Tensors.floats(net.weight())[0], Tensors.floats(net.bias())[0]};
    }

    private static void stepsAre(
            Function<Module, Optimizer> optimizer, Optimisation how, double[][] gradients, double[][] expected) {
        LinearImpl net = net();
        try (Optimizer made = optimizer.apply(net)) {
            WeightUpdate update = new WeightUpdate(net, made, how, 1, gradients.length);
            for (int i = 0; i < gradients.length; i++) {
                gradients(net, gradients[i][0], gradients[i][1]);
                update.step(i, List.of());
                assertArrayEquals(expected[i], values(net), 2e-6, "step " + (i + 1));
            }
        }
    }

    @Test
    void adamWDecaysWeightsBesideTheGradientAndLeavesBiases() {
        // Rate 0.1, decay 0.1: w₁ = 2 · 0.99 − 0.1 = 1.88, b₁ = 1 − 0.1. Second gradient −1:
        // m = 0.9 · 0.05 − 0.1 = −0.055, m̂ = −0.055 / 0.19; v = 0.999 · 0.00025 + 0.001 = 0.00124975,
        // v̂ = 0.00124975 / 0.001999; the step is 0.1 · 0.289474 / 0.790688 = 0.0366104:
        // w₂ = 1.88 · 0.99 + 0.0366104 = 1.897810, b₂ = 0.9366104.
        stepsAre(
                net -> new Adam(net, 0.1, 0.9, 0.999),
                new Optimisation(OptimizerKind.ADAMW, 0.1, Schedule.CONSTANT, 0, 0, 0),
                new double[][] {{0.5, 0.5}, {-1, -1}},
                new double[][] {{1.88, 0.9}, {1.897810, 0.936610}});
    }

    @Test
    void sgdDecaysWeightsThroughTheGradient() {
        // Rate 0.1, decay 0.5, momentum 0.9. w: gradient 1 + 0.5 · 2 = 2, v = 2, w = 1.8;
        // then −1 + 0.9 = −0.1, v = 1.8 − 0.1 = 1.7, w = 1.63. b: v = 1, b = 0.9; v = 0.9 − 1 = −0.1, b = 0.91.
        stepsAre(
                net -> new Sgd(net, 0.1, 0.9),
                new Optimisation(OptimizerKind.SGD, 0.5, Schedule.CONSTANT, 0, 0, 0),
                new double[][] {{1, 1}, {-1, -1}},
                new double[][] {{1.8, 0.9}, {1.63, 0.91}});
    }

    @Test
    void longGradientsAreShortenedTogether() {
        // (3, 4) has length 5 and becomes (0.6, 0.8); (0.3, 0.4) is short enough; 0 stays 0.
        stepsAre(
                net -> new Sgd(net, 1, 0),
                new Optimisation(OptimizerKind.SGD, 0, Schedule.CONSTANT, 0, 1, 0),
                new double[][] {{3, 4}, {0.3, 0.4}, {0, 0}},
                new double[][] {{1.4, 0.2}, {1.1, -0.2}, {1.1, -0.2}});
    }

    @Test
    void decayFollowsTheSchedule() {
        // One warm-up step of two takes half of the rate 0.2, for the decay too: w = 2 · (1 − 0.1 · 0.5) = 1.9.
        LinearImpl net = net();
        try (Optimizer adam = new Adam(net, 0.2, 0.9, 0.999)) {
            Optimisation how = new Optimisation(OptimizerKind.ADAMW, 0.5, Schedule.CONSTANT, 1, 0, 0);
            WeightUpdate update = new WeightUpdate(net, adam, how, 3, 2);
            gradients(net, 0, 0);
            update.step(0, List.of());
            assertArrayEquals(new double[] {1.9, 1}, values(net), 1e-6);
        }
    }
}
