package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.adversarial.net.MinibatchStd;
import org.lesionforge.generator.adversarial.net.SpectralNorm;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Each remedy by itself. Numbers said to be PyTorch's were computed with PyTorch 1.13 in Python, by formulas written out there. */
final class RemediesTest {
    /** sin(step·i + start): the same numbers in NumPy. */
    private static Tensor wave(double step, double start, double factor, long... shape) {
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (factor * (float) Math.sin(i * step + start));
        }
        return Tensors.of(values, shape);
    }

    @Test
    void flipsMirrorEachImageByCoinsOfItsOwn() {
        float[] image = {1, 2, 3, 4};
        Map<Flips, Set<List<Float>>> expected = Map.of(
                Flips.NONE, Set.of(List.of(1f, 2f, 3f, 4f)),
                Flips.HORIZONTAL, Set.of(List.of(1f, 2f, 3f, 4f), List.of(2f, 1f, 4f, 3f)),
                Flips.BOTH,
                        Set.of(
                                List.of(1f, 2f, 3f, 4f),
                                List.of(2f, 1f, 4f, 3f),
                                List.of(3f, 4f, 1f, 2f),
                                List.of(4f, 3f, 2f, 1f)));
        int n = 64;
        float[] all = new float[n * 4];
        IntStream.range(0, n).forEach(i -> System.arraycopy(image, 0, all, i * 4, 4));
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.of(all, n, 1, 2, 2);
            expected.forEach((flips, seen) -> {
                float[] flipped = Tensors.floats(flips.apply(images, new Seed(1)));
                Set<List<Float>> kinds = new HashSet<>();
                for (int i = 0; i < n; i++) {
                    kinds.add(List.of(flipped[4 * i], flipped[4 * i + 1], flipped[4 * i + 2], flipped[4 * i + 3]));
                }
                assertEquals(seen, kinds);
                assertArrayEquals(flipped, Tensors.floats(flips.apply(images, new Seed(1))));
            });
        }
    }

    @Test
    void translationMovesByWholePixelsAndFillsWithGrey() {
        int side = 8;
        int n = 100;
        try (Scope scope = new Scope()) {
            Tensor images = wave(0.1, 1, 1, n, 3, side, side);
            float[] before = Tensors.floats(images);
            float[] after = Tensors.floats(new DiffAugment(0.125, 0).apply(images, new Seed(2)));
            Set<List<Integer>> moves = new HashSet<>();
            for (int i = 0; i < n; i++) {
                moves.add(moveOf(before, after, i, side));
            }
            assertEquals(9, moves.size(), "an eighth of 8 pixels: −1, 0 or 1 both ways, got " + moves);
        }
    }

    /** The move by up to one pixel that makes image {@code i} what it became, by trying all. */
    private static List<Integer> moveOf(float[] before, float[] after, int i, int side) {
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                float[] moved = new float[3 * side * side];
                for (int at = 0; at < moved.length; at++) {
                    int y = at / side % side - down;
                    int x = at % side - right;
                    boolean inside = y >= 0 && y < side && x >= 0 && x < side;
                    moved[at] = inside ? before[i * moved.length + at - down * side - right] : 0;
                }
                if (Arrays.equals(moved, Arrays.copyOfRange(after, i * moved.length, (i + 1) * moved.length))) {
                    return List.of(down, right);
                }
            }
        }
        throw new AssertionError("image " + i + " was not moved by up to one pixel");
    }

    @Test
    void brightnessAddsOneNumberToAnImage() {
        int n = 200;
        try (Scope scope = new Scope()) {
            float[] added = Tensors.floats(
                    new DiffAugment(0, 0.1).apply(Tensors.of(new float[n * 12], n, 3, 2, 2), new Seed(3)));
            double least = 1;
            double most = -1;
            for (int i = 0; i < added.length; i++) {
                assertEquals(added[i / 12 * 12], added[i], "one number for all values of an image");
                least = Math.min(least, added[i]);
                most = Math.max(most, added[i]);
            }
            assertEquals(-0.2, least, 0.01, "a tenth of the range [−1, 1]");
            assertEquals(0.2, most, 0.01);
        }
    }

    @Test
    void augmentationFollowsFromItsSeedAndKeepsTheMemoryLayout() {
        DiffAugment augment = new DiffAugment(0.125, 0.1);
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.images(new byte[4 * 16 * 16 * 3], 4, 16, new Device("cpu"));
            Tensor one = augment.apply(images, new Seed(1));
            assertArrayEquals(Tensors.floats(one), Tensors.floats(augment.apply(images, new Seed(1))));
            assertFalse(Arrays.equals(Tensors.floats(one), Tensors.floats(augment.apply(images, new Seed(2)))));
            assertTrue(one.is_contiguous(MemoryFormat.ChannelsLast), "what convolutions are fastest on");
            assertTrue(Flips.BOTH.apply(images, new Seed(1)).is_contiguous(MemoryFormat.ChannelsLast));
        }
    }

    @Test
    void gradientsFlowBackThroughTheAugmentation() {
        // What was moved out of the picture has gradient 0, everything else 1: their number follows from the move.
        int side = 8;
        try (Scope scope = new Scope()) {
            Tensor images = wave(0.1, 1, 1, 1, 3, side, side).requires_grad_(true);
            Tensor seen = new DiffAugment(0.25, 0.1).apply(images, new Seed(4));
            seen.sum().backward();
            float[] moved = Tensors.floats(new DiffAugment(0.25, 0).apply(images, new Seed(4)));
            int lost = 0;
            for (float gradient : Tensors.floats(images.grad())) {
                assertTrue(gradient == 0 || gradient == 1);
                lost += gradient == 0 ? 1 : 0;
            }
            int grey = 0;
            for (float value : moved) {
                grey += value == 0 ? 1 : 0;
            }
            assertTrue(lost > 0, "this seed moves the image");
            assertEquals(grey, lost);
        }
    }

    @Test
    void theMinibatchDeviationIsPyTorchs() {
        try (Scope scope = new Scope()) {
            Tensor features = wave(0.37, 0.11, 1, 3, 2, 2, 2);
            Tensor more = MinibatchStd.append(features);
            assertArrayEquals(new long[] {3, 3, 2, 2}, more.shape());
            float[] values = Tensors.floats(more);
            for (int i = 0; i < 3; i++) {
                for (int at = 8; at < 12; at++) {
                    assertEquals(0.63191098, values[i * 12 + at], 1e-6);
                }
            }
            assertArrayEquals(Tensors.floats(features), Tensors.floats(more.narrow(1, 0, 2)));
            assertEquals(1e-4, Tensors.floats(MinibatchStd.append(torch.ones_like(features)))[8], 1e-9);
        }
    }

    @Test
    void theSpectralNormFindsTheLargestSingularValue() {
        Conv2dImpl layer = Layers.conv(1, 3, 2, 2, 0);
        SpectralNorm norm = SpectralNorm.register(layer, layer.weight(), new Seed(1));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(layer);
            assertEquals(Set.of("weight", "weight_u", "weight_v"), state.keySet());
            Tensor weight = wave(0.37, 0.11, 1, 3, 1, 2, 2);
            try (NoGradGuard noGradient = new NoGradGuard()) {
                layer.weight().copy_(weight);
                state.get("weight_u").copy_(Tensors.of(new float[] {1, 0, 0}, 3));
            }
            assertQuotient(2.0407786, weight, norm.weight(true)); // one power iteration, in PyTorch
            assertQuotient(2.0407786, weight, norm.weight(false));
            for (int i = 0; i < 30; i++) {
                norm.weight(true);
            }
            assertQuotient(2.1247290, weight, norm.weight(false)); // numpy.linalg.svd
        }
    }

    private static void assertQuotient(double sigma, Tensor weight, Tensor normalised) {
        float[] expected = Tensors.floats(weight.div(new Scalar(sigma)));
        assertArrayEquals(expected, Tensors.floats(normalised), 1e-6f);
    }

    @Test
    void theGradientPenaltyAndItsOwnGradientsArePyTorchs() {
        try (Scope scope = new Scope()) {
            Tensor images = wave(0.05, 0.11, 1, 2, 3, 8, 8).requires_grad_(true);
            Tensor first = wave(0.7, 0.3, 0.3, 2, 3, 4, 4).requires_grad_(true);
            Tensor second = wave(1.3, 0.2, 0.3, 2, 2, 4, 4).requires_grad_(true);
            Tensor last = wave(2.1, 0.5, 1, 1, 8).requires_grad_(true);
            Tensor logits = torch.linear(halve(halve(images, first), second).flatten(1, 3), last);

            Tensor penalty = new R1Penalty(10, 1).of(Gradients.towards(images, logits));
            penalty.backward();

            assertEquals(14.649186, Tensors.item(penalty), 1e-4);
            assertEquals(21.783802, Tensors.item(first.grad().norm()), 1e-4);
            assertEquals(35.362698, Tensors.item(second.grad().norm()), 1e-4);
            assertEquals(18.996099, Tensors.item(last.grad().norm()), 1e-4);
            assertEquals(0.13389780, Tensors.floats(first.grad())[0], 1e-5);
        }
    }

    private static Tensor halve(Tensor x, Tensor weight) {
        long[] two = {2, 2};
        long[] one = {1, 1};
        return torch.leaky_relu_(torch.conv2d(x, weight, new TensorOptional(), two, one, one, 1), new Scalar(0.2));
    }

    @Test
    void aLazyPenaltyIsRareAndStrong() {
        R1Penalty lazy = new R1Penalty(10, 4);
        assertEquals(
                List.of(0L, 4L, 8L),
                LongStream.range(0, 12).filter(lazy::isDue).boxed().toList());
        assertFalse(new R1Penalty(0, 1).isDue(0));
        try (Scope scope = new Scope()) {
            Tensor images = wave(0.1, 0, 1, 2, 3).requires_grad_(true);
            // D(x) = Σx²/2 has the gradient x.
            Tensor logits = images.square().sum(1).mul(new Scalar(0.5));
            double squares = Tensors.item(images.square().sum());
            assertEquals(4 * 10 / 2.0 * squares / 2, Tensors.item(lazy.of(Gradients.towards(images, logits))), 1e-4);
        }
    }

    private static final Remedies ALL = Remedies.NONE
            .with()
            .labelSmoothing(0.1)
            .flips(Flips.BOTH)
            .translation(0.125)
            .brightness(0.1)
            .spectralNorm(true)
            .minibatchStd(true)
            .r1(1, 2)
            .build();

    private static GeneratorSpec<DcganOptions> small(Remedies remedies) {
        return Dcgan.PAPER
                .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                .own(own -> own.with().latent(8).width(4).kernel(4).build())
                .own(own -> own.with().remedies(remedies).build());
    }

    private static Map<String, float[]> values(Module net) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net).forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
        }
        return values;
    }

    @Test
    void labelSmoothingMovesTheTargetOfRealImagesAlone() {
        GeneratorSpec<DcganOptions> plain = small(Remedies.NONE);
        GeneratorSpec<DcganOptions> smooth =
                small(Remedies.NONE.with().labelSmoothing(0.1).build());
        try (Scope scope = new Scope()) {
            Tensor real = wave(0.1, 0, 1, 4, 3, 16, 16);
            Tensor fake = wave(0.2, 0, 1, 4, 3, 16, 16);
            DcganDiscriminator discriminator = new DcganDiscriminator(plain.common(), plain.own(), new Seed(2));
            float[] onReal = Tensors.floats(discriminator.forward(real, NoLabels.of(4), Statistics.KEEP));
            float[] onFake = Tensors.floats(discriminator.forward(fake, NoLabels.of(4), Statistics.KEEP));
            assertEquals(loss(onReal, 1) + loss(onFake, 0), lossD(plain, real, fake), 1e-5);
            assertEquals(loss(onReal, 0.9) + loss(onFake, 0), lossD(smooth, real, fake), 1e-5);
        }
    }

    private static double lossD(GeneratorSpec<DcganOptions> options, Tensor real, Tensor fake) {
        AdversarialStep step = DcganStep.of(
                new DcganGenerator(options.common(), options.own(), new Seed(1)),
                new DcganDiscriminator(options.common(), options.own(), new Seed(2)),
                options);
        AdversarialStep.Discrimination told = step.stepDiscriminator(real, fake, NoLabels.of(4), 0);
        return Tensors.item(told.real().loss()) + Tensors.item(told.fake().loss());
    }

    /** The mean of −t·log σ(x) − (1 − t)·log(1 − σ(x)). */
    private static double loss(float[] logits, double target) {
        double sum = 0;
        for (float x : logits) {
            double p = 1 / (1 + Math.exp(-x));
            sum -= target * Math.log(p) + (1 - target) * Math.log(1 - p);
        }
        return sum / logits.length;
    }

    @Test
    void theSpectralDiscriminatorHasBiasesInsteadOfBatchNorm() {
        Set<String> plain = values(new DcganDiscriminator(
                        small(Remedies.NONE).common(), small(Remedies.NONE).own(), new Seed(1)))
                .keySet();
        Set<String> spectral = values(
                        new DcganDiscriminator(small(ALL).common(), small(ALL).own(), new Seed(1)))
                .keySet();
        assertTrue(plain.contains("norm1.weight") && !plain.contains("down1.bias"), plain.toString());
        assertEquals(
                Set.of(
                        "down0.weight",
                        "down0.bias",
                        "down0.weight_u",
                        "down0.weight_v",
                        "down1.weight",
                        "down1.bias",
                        "down1.weight_u",
                        "down1.weight_v",
                        "classify.weight",
                        "classify.bias",
                        "classify.weight_u",
                        "classify.weight_v"),
                spectral);
    }

    @Test
    void withAllRemediesTheGeneratorsStepLeavesTheDiscriminatorAsItWas() {
        GeneratorSpec<DcganOptions> options = small(ALL);
        DcganGenerator generator = new DcganGenerator(options.common(), options.own(), new Seed(1));
        DcganDiscriminator discriminator = new DcganDiscriminator(options.common(), options.own(), new Seed(2));
        AdversarialStep step = DcganStep.of(generator, discriminator, options);
        try (Scope scope = new Scope()) {
            Map<String, float[]> before = values(discriminator);
            Tensor fake = generator.forward(wave(0.3, 0, 1, 4, 8), NoLabels.of(4));
            step.stepDiscriminator(wave(0.1, 0, 1, 4, 3, 16, 16), fake.detach(), NoLabels.of(4), 0);
            Map<String, float[]> after = values(discriminator);
            for (String name : List.of("down0.weight", "down0.bias", "down1.weight_u", "classify.weight_v")) {
                assertFalse(Arrays.equals(before.get(name), after.get(name)), name);
            }
            step.stepGenerator(fake, NoLabels.of(4));
            values(discriminator).forEach((name, numbers) -> assertArrayEquals(after.get(name), numbers, name));
        }
    }

    @Test
    void anIterationFollowsFromItsNumberAndTheNetsAlone() {
        // As a resumption does it: the nets' weights and buffers in a new step, which continues at the same iteration.
        GeneratorSpec<DcganOptions> options = small(ALL);
        DcganDiscriminator discriminator = new DcganDiscriminator(options.common(), options.own(), new Seed(2));
        DcganGenerator generator = new DcganGenerator(options.common(), options.own(), new Seed(1));
        DcganDiscriminator resumed = new DcganDiscriminator(options.common(), options.own(), new Seed(3));
        try (Scope scope = new Scope()) {
            Tensor real = wave(0.1, 0, 1, 4, 3, 16, 16);
            Tensor z = wave(0.3, 0, 1, 4, 8);
            StateDict.load(resumed, StateDict.of(discriminator));
            StepResult seventh = DcganStep.of(generator, discriminator, options).run(real, NoLabels.of(4), z, 7);
            DcganGenerator again = new DcganGenerator(options.common(), options.own(), new Seed(1));
            assertEquals(seventh, DcganStep.of(again, resumed, options).run(real, NoLabels.of(4), z, 7));
            values(discriminator)
                    .forEach((name, numbers) ->
                            assertArrayEquals(numbers, values(resumed).get(name), name));
            DcganDiscriminator other = new DcganDiscriminator(options.common(), options.own(), new Seed(2));
            DcganGenerator fresh = new DcganGenerator(options.common(), options.own(), new Seed(1));
            assertNotEquals(seventh, DcganStep.of(fresh, other, options).run(real, NoLabels.of(4), z, 8));
        }
    }
}
