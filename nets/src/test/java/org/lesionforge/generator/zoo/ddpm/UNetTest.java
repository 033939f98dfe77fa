package org.lesionforge.generator.zoo.ddpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

final class UNetTest {
    private static final OptionalInt NOT_CONDITIONAL = OptionalInt.empty();
    private static final long NONE = LabelEmbedding.NONE;

    private static Tensor normal(long seed, long... shape) {
        Generator random = Torch.generator(new Seed(seed));
        return torch.empty(shape).normal_(0, 1, new GeneratorOptional(random)).contiguous(MemoryFormat.ChannelsLast);
    }

    /** As if it had been trained: nothing is 0 any more. */
    private static void shake(UNet net) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            long seed = 0;
            for (Tensor each : StateDict.parameters(net).values()) {
                Generator random = Torch.generator(new Seed(seed++));
                each.add_(torch.empty(each.shape()).normal_(0, 0.1, new GeneratorOptional(random)));
            }
        }
    }

    @Test
    void theWidthOfThePaperHasItsParameters() {
        UNet net = new UNet(3, 32, 128, NOT_CONDITIONAL, new Seed(0));
        // "Our CIFAR10 model has 35.7 million parameters", Ho et al., appendix B; to the last one in their weights.
        assertEquals(35_746_307, StateDict.parameterCount(net));
        assertEquals(35_746_307, net.summary().parameters());
        StateDict.free(net);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128})
    void answersWithTheShapeOfTheImages(int side) {
        UNet net = new UNet(4, side, 8, NOT_CONDITIONAL, new Seed(0));
        shake(net);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor images = normal(1, 2, 4, side, side);
            Tensor noise = net.forward(images, new int[] {3, 700}, labels(NONE, NONE), Optional.empty());
            assertArrayEquals(images.shape(), noise.shape());
            assertTrue(noise.is_contiguous(MemoryFormat.ChannelsLast), "no turning of memory on the way");
            assertTrue(Double.isFinite(Tensors.item(noise.abs().sum())));
        } finally {
            StateDict.free(net);
        }
    }

    @Test
    void beginsByAnsweringNothing() {
        UNet net = new UNet(3, 32, 8, NOT_CONDITIONAL, new Seed(0));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor noise =
                    net.forward(normal(1, 2, 3, 32, 32), new int[] {3, 700}, labels(NONE, NONE), Optional.empty());
            assertEquals(0, Tensors.item(noise.abs().max()));
        } finally {
            StateDict.free(net);
        }
    }

    @Test
    void anImagesAnswerDependsOnItsTimeAndNotOnOtherImages() {
        UNet net = new UNet(3, 16, 8, NOT_CONDITIONAL, new Seed(0));
        shake(net);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor first = normal(1, 1, 3, 16, 16);
            Tensor second = normal(2, 1, 3, 16, 16);
            float[] alone = Tensors.floats(net.forward(first, new int[] {40}, labels(NONE), Optional.empty()));
            Tensor both = torch.cat(new TensorVector(first, second));
            float[] together =
                    Tensors.floats(net.forward(both, new int[] {40, 900}, labels(NONE, NONE), Optional.empty()));
            assertArrayEquals(alone, Arrays.copyOf(together, alone.length), 1e-4f);
            float[] later = Tensors.floats(net.forward(first, new int[] {900}, labels(NONE), Optional.empty()));
            assertNotEquals(-1, Arrays.mismatch(alone, later), "the time matters");
        } finally {
            StateDict.free(net);
        }
    }

    @Test
    void aWalkCountsWhatThereIs() {
        UNet net = new UNet(3, 32, 8, NOT_CONDITIONAL, new Seed(0));
        ModelSummary summary = net.summary();
        assertEquals(StateDict.parameterCount(net), summary.parameters());
        // By hand: 3 → 8 channels at 32×32, and its 9 × 3 × 8 weights with 8 biases.
        assertEquals(9 * 3 * 8 * 32 * 32, summary.row("first").multiplyAdds());
        assertEquals(9 * 3 * 8 + 8, summary.row("first").parameters());
        // 8 → 16 at 16×16 with shortcut, the time's 32 numbers, and attention over 256 places.
        assertEquals(
                (9 * 8 * 16 + 9 * 16 * 16 + 8 * 16) * 256 + 32 * 16 + 256 * 4 * 16 * 16 + 2 * 256 * 256 * 16,
                summary.row("down1_0").multiplyAdds());
        // Windows of 3: one, then two of each of two blocks.
        assertEquals(3 + 4, summary.row("down0_0").patch());
        assertEquals(3 + 8, summary.row("down0_1").patch());
        // 13 behind the convolution of stride 2 and 21 behind the block, but attention sees all 32; then 8 more.
        assertEquals(32, summary.row("down1_0").patch());
        assertEquals(40, summary.row("down1_1").patch());
        assertEquals(4, summary.row("middle0").side());
        assertEquals(3, summary.row("last").channels());
        StateDict.free(net);
    }

    @Test
    void aConditionalNetAnswersByClassAndWithoutOne() {
        UNet net = new UNet(3, 16, 8, OptionalInt.of(2), new Seed(0));
        shake(net);
        // A vector of 4 · 8 numbers for each class, and one for none.
        UNet plain = new UNet(3, 16, 8, NOT_CONDITIONAL, new Seed(0));
        assertEquals(StateDict.parameterCount(plain) + 3 * 32, StateDict.parameterCount(net));
        assertEquals(StateDict.parameterCount(net), net.summary().parameters());
        StateDict.free(plain);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor image = normal(1, 1, 3, 16, 16);
            float[][] answers = new float[3][];
            for (int i = 0; i < 3; i++) {
                long label = i == 2 ? NONE : i;
                answers[i] = Tensors.floats(net.forward(image, new int[] {500}, labels(label), Optional.empty()));
            }
            assertNotEquals(-1, Arrays.mismatch(answers[0], answers[1]));
            assertNotEquals(-1, Arrays.mismatch(answers[0], answers[2]));
            assertNotEquals(-1, Arrays.mismatch(answers[1], answers[2]));
        } finally {
            StateDict.free(net);
        }
    }

    private static Tensor labels(long... labels) {
        return Tensors.ofLongs(labels, labels.length);
    }

    @Test
    void groupsDivideTheChannels() {
        assertEquals(32, UNetLayers.groups(128));
        assertEquals(32, UNetLayers.groups(384));
        assertEquals(8, UNetLayers.groups(32));
        assertEquals(24, UNetLayers.groups(144));
        assertEquals(1, UNetLayers.groups(4));
    }

    @Test
    void timeIsToldBySinesAndCosines() {
        // Of width 4: frequencies 1 and 1/10,000.
        assertArrayEquals(
                new float[] {
                    (float) Math.sin(3), (float) Math.sin(3e-4), (float) Math.cos(3), (float) Math.cos(3e-4), 0, 0, 1, 1
                },
                TimeEmbedding.waves(new int[] {3, 0}, 4),
                1e-6f);
    }
}
