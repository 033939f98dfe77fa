package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.lesionforge.NamedNumbers;
import org.lesionforge.SharedFolder;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/** WGAN-GP's loss and penalty, and the gradients of that penalty, which are second-order ones. */
final class GradientPenaltyTest {
    private static final GradientPenalty PENALTY = new GradientPenalty(10);

    /** A critic of one convolution of stride 2, LeakyReLU 0.2 and a linear layer without bias, on images of 8×8 pixels. */
    private record SmallCritic(Tensor first, Tensor bias, Tensor last) {
        static SmallCritic named() {
            return new SmallCritic(
                    NamedNumbers.of("gp.W1", 0.5, 4, 3, 3, 3).requires_grad_(true),
                    NamedNumbers.of("gp.b1", 0.1, 4).requires_grad_(true),
                    NamedNumbers.of("gp.W2", 0.3, 1, 64).requires_grad_(true));
        }

        Tensor judge(Tensor x) {
            long[] two = {2, 2};
            long[] one = {1, 1};
            Tensor y = torch.conv2d(x, first, new TensorOptional(bias), two, one, one, 1);
            return torch.linear(torch.leaky_relu(y, new Scalar(0.2)).flatten(1, 3), last);
        }
    }

    private static Tensor real() {
        return NamedNumbers.of("gp.real", 1, 4, 3, 8, 8);
    }

    private static Tensor fake() {
        return NamedNumbers.of("gp.fake", 1, 4, 3, 8, 8);
    }

    private static Tensor between() {
        Tensor a = NamedNumbers.of("gp.alpha", 1, 4)
                .add(new Scalar(1))
                .div(new Scalar(2))
                .view(4, 1, 1, 1);
        return fake().lerp(real(), a);
    }

    /** Each to 1e-4 of the largest of its tensor. */
    private static void assertGolden(Safetensors golden, String name, Tensor found) {
        float[] expected = Tensors.floats(golden.tensor(name));
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(expected, Tensors.floats(found), 1e-4f * largest, name);
    }

    private static Safetensors golden() throws IOException {
        return Safetensors.open(SharedFolder.require().resolve("golden/zoo/misc_generators.safetensors"));
    }

    @Test
    void thePenaltyAndItsGradientsAreTheGoldenOnes() throws IOException {
        Safetensors golden = golden();
        try (Scope scope = new Scope()) {
            SmallCritic critic = SmallCritic.named();
            Tensor x = between().requires_grad_(true);
            Tensor gradients = Gradients.towards(x, critic.judge(x));
            Tensor penalty = PENALTY.of(gradients);
            penalty.backward();
            assertGolden(golden, "gp.norms", Gradients.lengths(gradients));
            // The file has the mean of (‖∇D‖ − 1)², and the gradients of ten times that.
            assertGolden(golden, "gp.penalty", penalty.div(new Scalar(10)).view(1));
            assertGolden(golden, "gp.dW1", critic.first.grad());
            assertGolden(golden, "gp.dW2", critic.last.grad());
        }
    }

    @Test
    void theCriticsWholeLossIsTheGoldenOne() throws IOException {
        Safetensors golden = golden();
        try (Scope scope = new Scope()) {
            SmallCritic critic = SmallCritic.named();
            WassersteinLoss loss = new WassersteinLoss();
            Tensor x = between().requires_grad_(true);
            Tensor whole = loss.onFake(critic.judge(fake()))
                    .add(loss.onReal(critic.judge(real())))
                    .add(PENALTY.of(Gradients.towards(x, critic.judge(x))));
            whole.backward();
            assertGolden(golden, "gp.critic_loss", whole.view(1));
            assertGolden(golden, "gp.loss_dW1", critic.first.grad());
            assertGolden(golden, "gp.loss_db1", critic.bias.grad());
        }
    }

    /** D(x) = 3x₀ + 4x₁ has a gradient of length 5 everywhere. */
    @Test
    void aLinearCriticPaysForItsSlope() {
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.of(new float[] {1, 2, -3, 7}, 2, 2).requires_grad_(true);
            Tensor weight = Tensors.of(new float[] {3, 4}, 1, 2);
            assertEquals(
                    160, Tensors.item(PENALTY.of(Gradients.towards(x, torch.linear(x, weight)))), 1e-3, "10 (5 - 1)²");
        }
    }

    /** Where the critic is level the norm has no derivative; the penalty's gradient is a number all the same. */
    @Test
    void aLevelCriticHasAGradient() {
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.of(new float[] {1, 2, -3, 7}, 2, 2).requires_grad_(true);
            Tensor weight = Tensors.of(new float[] {0, 0}, 1, 2).requires_grad_(true);
            Tensor penalty = PENALTY.of(Gradients.towards(x, torch.linear(x, weight)));
            penalty.backward();
            assertEquals(10, Tensors.item(penalty), 1e-4);
            for (float value : Tensors.floats(weight.grad())) {
                assertTrue(Float.isFinite(value), "" + value);
            }
        }
    }

    @Test
    void thePointsLieBetweenTheImagesOneShareAPair() {
        try (Scope scope = new Scope()) {
            Tensor points = PENALTY.points(real(), fake(), new Seed(3)).orElseThrow();
            float[] shares =
                    Tensors.floats(points.sub(fake()).div(real().sub(fake())).flatten(1, 3));
            int pixels = 3 * 8 * 8;
            for (int i = 0; i < 4; i++) {
                float share = shares[i * pixels];
                assertTrue(share >= 0 && share < 1, "" + share);
                for (int j = 1; j < pixels; j++) {
                    assertEquals(share, shares[i * pixels + j], 0.02, "image " + i + ", value " + j);
                }
                assertTrue(i == 0 || Math.abs(share - shares[0]) > 0.03, "each pair its own");
            }
            assertArrayEquals(
                    Tensors.floats(points),
                    Tensors.floats(PENALTY.points(real(), fake(), new Seed(3)).orElseThrow()));
        }
        assertTrue(PENALTY.isDue(7) && PENALTY.hasOwnPoints());
        assertFalse(new GradientPenalty(0).isDue(0));
    }

    @Test
    void theDistanceIsTheDifferenceOfTheMeans() {
        try (Scope scope = new Scope()) {
            WassersteinLoss loss = new WassersteinLoss();
            Tensor logits = Tensors.of(new float[] {1, 2, 6}, 3, 1);
            assertEquals(-3, Tensors.item(loss.onReal(logits)));
            assertEquals(3, Tensors.item(loss.onFake(logits)));
            assertEquals(-3, Tensors.item(loss.ofGenerator(logits)));
            assertEquals(3, Tensors.item(loss.score(logits)));
        }
    }
}
