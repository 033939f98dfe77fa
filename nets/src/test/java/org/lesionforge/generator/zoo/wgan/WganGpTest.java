package org.lesionforge.generator.zoo.wgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.GradientPenalty;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

final class WganGpTest {
    private static final GeneratorSpec<WganGpOptions> TINY = WganGp.FAMILY
            .preset(Preset.PAPER)
            .common(common -> common.size(16).batch(3).epochs(1))
            .own(own -> own.with().latent(8).width(4).build());

    private static Tensor images(long seed, int count) {
        float[] values = new float[count * 3 * 16 * 16];
        var random = new Seed(seed).random();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return Tensors.of(values, count, 3, 16, 16);
    }

    private static Tensor labels(int count) {
        return Tensors.ofLongs(new long[count], count);
    }

    private static Batch batch(long seed) {
        return new Batch(images(seed, 3), labels(3), 100);
    }

    private static Map<String, float[]> values(Map<String, Tensor> tensors, String group) {
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(group) && name.endsWith("weight")) {
                values.put(name, Tensors.floats(tensor));
            }
        });
        assertFalse(values.isEmpty(), group + " of " + tensors.keySet());
        return values;
    }

    private static boolean same(Map<String, float[]> a, Map<String, float[]> b) {
        return a.keySet().stream().allMatch(name -> Arrays.equals(a.get(name), b.get(name)));
    }

    @Test
    void theGeneratorMovesInEveryFifthStepAndTheCriticInEach() {
        try (GenerativeModel model = TINY.create(Compute.cpu());
                Scope scope = new Scope()) {
            for (int i = 0; i < 10; i++) {
                Map<String, float[]> generator = values(model.tensors(), "generator");
                Map<String, float[]> critic = values(model.tensors(), "discriminator");
                StepResult step = model.step(batch(i), i);
                boolean moves = i % 5 == 4;
                assertEquals(!moves, same(generator, values(model.tensors(), "generator")), "step " + i);
                assertFalse(same(critic, values(model.tensors(), "discriminator")), "step " + i);
                assertEquals(
                        moves
                                ? List.of(
                                        "loss_d",
                                        "loss_g",
                                        "loss_penalty",
                                        "critic_real",
                                        "critic_fake",
                                        "slope",
                                        "gradient_d",
                                        "gradient_g")
                                : List.of(
                                        "loss_d", "loss_penalty", "critic_real", "critic_fake", "slope", "gradient_d"),
                        List.copyOf(step.numbers().keySet()));
                assertEquals(step.number("critic_fake") - step.number("critic_real"), step.number("loss_d"), 1e-6);
                assertTrue(step.number("slope") > 0 && !step.skipped(), step.describe());
            }
        }
    }

    /** The derivative of the penalty along a random direction of all weights, by differences, in float64. */
    @Test
    void thePenaltysGradientThroughLayerNormIsItsDerivative() {
        Critic critic = new Critic(TINY.common(), TINY.own(), new Seed(1));
        critic.to(ScalarType.Double, false);
        try (Scope scope = new Scope()) {
            Generator random = Torch.generator(new Seed(2));
            Map<String, Tensor> parameters = StateDict.parameters(critic);
            Map<String, Tensor> direction = new LinkedHashMap<>();
            try (NoGradGuard noGradient = new NoGradGuard()) {
                parameters.forEach((name, parameter) -> {
                    // Larger weights than at the beginning, where the slope is almost 0.
                    parameter.mul_(new Scalar(3));
                    direction.put(name, torch.empty_like(parameter).normal_(0, 1, new GeneratorOptional(random)));
                });
            }
            Tensor points = images(3, 3).to(ScalarType.Double);
            Tensor penalty = penalty(critic, points);
            penalty.backward();
            double slope = 0;
            for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
                Tensor gradient = parameter.getValue().grad();
                if (gradient.defined()) {
                    slope += Tensors.item(
                            gradient.mul(direction.get(parameter.getKey())).sum());
                }
            }
            double step = 1e-6;
            double difference =
                    (at(critic, points, direction, step) - at(critic, points, direction, -step)) / (2 * step);
            assertTrue(Math.abs(difference) > 1e-3, "" + difference);
            assertEquals(difference, slope, 1e-4 * Math.abs(difference));
        } finally {
            StateDict.free(critic);
        }
    }

    private static Tensor penalty(Critic critic, Tensor points) {
        Tensor x = points.detach().requires_grad_(true);
        return new GradientPenalty(10).of(Gradients.towards(x, critic.forward(x, labels(3), Statistics.KEEP)));
    }

    private static double at(Critic critic, Tensor points, Map<String, Tensor> direction, double step) {
        Map<String, Tensor> parameters = StateDict.parameters(critic);
        try (NoGradGuard noGradient = new NoGradGuard()) {
            direction.forEach((name, way) -> parameters.get(name).add_(way, new Scalar(step)));
        }
        double penalty = Tensors.item(penalty(critic, points));
        try (NoGradGuard noGradient = new NoGradGuard()) {
            direction.forEach((name, way) -> parameters.get(name).add_(way, new Scalar(-step)));
        }
        return penalty;
    }

    /** Layer norm: mean and variance of each image over channels, height and width. */
    @Test
    void anImageIsNormalisedByItself() {
        Critic critic = new Critic(TINY.common(), TINY.own(), new Seed(1));
        try (Scope scope = new Scope()) {
            CriticStage stage = new CriticStage(critic, 9, 3, 5, 4);
            Tensor x = images(4, 2);
            Tensor y = torch.conv2d(
                    x,
                    StateDict.parameters(critic).get("down9.weight"),
                    null,
                    new long[] {2, 2},
                    new long[] {1, 1},
                    new long[] {1, 1},
                    1);
            Tensor flat = y.flatten(1, 3);
            Tensor mean = flat.mean(new long[] {1}, true, null);
            Tensor centred = flat.sub(mean);
            Tensor variance = centred.square().mean(new long[] {1}, true, null);
            Tensor expected = centred.div(variance.add(new Scalar(1e-5)).sqrt());
            assertArrayEquals(
                    Tensors.floats(torch.leaky_relu(expected, new Scalar(0.2))),
                    Tensors.floats(stage.forward(x).flatten(1, 3)),
                    1e-4f);
            assertArrayEquals(
                    Tensors.floats(critic.forward(images(5, 1), labels(1), Statistics.UPDATE)),
                    Arrays.copyOf(Tensors.floats(critic.forward(images(5, 3), labels(3), Statistics.UPDATE)), 1),
                    1e-5f,
                    "whatever is beside it");
        } finally {
            StateDict.free(critic);
        }
    }

    @Test
    void whatNoTrainingCanBeRunWithIsRefused() {
        for (var wrong : List.<java.util.function.UnaryOperator<WganGpOptions.Builder>>of(
                own -> own.latent(0),
                own -> own.width(0),
                own -> own.kernel(3),
                own -> own.learningRate(0),
                own -> own.criticSteps(0),
                own -> own.gradientPenalty(-1))) {
            assertThrows(IllegalArgumentException.class, () -> wrong.apply(WganGpOptions.DEFAULTS.with())
                    .build());
        }
        assertThrows(IllegalArgumentException.class, () -> TINY.common(common -> common.batch(1)));
    }
}
