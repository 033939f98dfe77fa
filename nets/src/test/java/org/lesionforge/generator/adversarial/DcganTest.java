package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.training.TinyTraining;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

final class DcganTest {
    private static final GeneratorSpec<DcganOptions> SMALL = TinyTraining.NETS;

    private static GeneratorSpec<DcganOptions> sized(int size, int width, int kernel) {
        return Dcgan.PAPER
                .common(common -> common.size(size).epochs(1).snapshotEvery(1))
                .own(own -> own.with().width(width).kernel(kernel).build());
    }

    private static Map<String, float[]> values(Module net) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net).forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
        }
        return values;
    }

    private static void assertHasNoGradients(Module net) {
        StateDict.parameters(net)
                .forEach((name, tensor) -> assertFalse(tensor.grad().defined(), name));
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
        expected.forEach((name, numbers) -> assertArrayEquals(numbers, actual.get(name), name));
    }

    @Test
    void theDefaultNetsAreRadfords() {
        DcganGenerator generator = new DcganGenerator(Dcgan.PAPER.common(), Dcgan.PAPER.own(), new Seed(1));
        DcganDiscriminator discriminator = new DcganDiscriminator(Dcgan.PAPER.common(), Dcgan.PAPER.own(), new Seed(2));
        // 100·16384 + 25·(1024·512 + 512·256 + 256·128 + 128·3) + batch norm 2·(1024 + 512 + 256 + 128)
        long g = 100 * 16384 + 25L * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 3) + 2 * (1024 + 512 + 256 + 128);
        assertEquals(g, StateDict.parameterCount(generator));
        long d = 25L * (3 * 128 + 128 * 256 + 256 * 512 + 512 * 1024) + 2 * (256 + 512 + 1024) + 16384 + 1;
        assertEquals(d, StateDict.parameterCount(discriminator));
        try (Scope scope = new Scope()) {
            assertArrayEquals(
                    new long[] {1024, 512, 5, 5},
                    StateDict.of(generator).get("up0.weight").shape());
            assertArrayEquals(
                    new long[] {128, 3, 5, 5},
                    StateDict.of(discriminator).get("down0.weight").shape());
        }
    }

    @Test
    void everySizeAndKernelGivesImagesOfItsSize() {
        for (int size : new int[] {16, 32, 64, 128, 256}) {
            for (int kernel : new int[] {4, 5}) {
                GeneratorSpec<DcganOptions> options = sized(size, 4, kernel);
                try (Scope scope = new Scope()) {
                    Tensor z = Tensors.of(new UniformLatents(100).draw(new Seed(3), 0, 2), 2, 100);
                    Tensor images =
                            new DcganGenerator(options.common(), options.own(), new Seed(1)).forward(z, NoLabels.of(2));
                    assertArrayEquals(new long[] {2, 3, size, size}, images.shape());
                    Tensor logits = new DcganDiscriminator(options.common(), options.own(), new Seed(2))
                            .forward(images, NoLabels.of(2), Statistics.UPDATE);
                    assertArrayEquals(new long[] {2, 1}, logits.shape());
                }
            }
        }
    }

    @Test
    void higherResolutionsTrain() {
        for (int size : new int[] {128, 256}) {
            GeneratorSpec<DcganOptions> options = Dcgan.PAPER
                    .common(common -> common.size(size).batch(2).epochs(1).snapshotEvery(1))
                    .own(own -> own.with().latent(8).width(2).kernel(4).build());
            DcganGenerator generator = new DcganGenerator(options.common(), options.own(), new Seed(1));
            AdversarialStep step = DcganStep.of(
                    generator, new DcganDiscriminator(options.common(), options.own(), new Seed(2)), options);
            try (Scope scope = new Scope()) {
                Map<String, float[]> before = values(generator);
                StepResult outcome = step.run(
                        real(2, size),
                        NoLabels.of(2),
                        Tensors.of(new UniformLatents(8).draw(new Seed(3), 0, 2), 2, 8),
                        0);
                assertTrue(
                        Double.isFinite(outcome.number("loss_d")) && Double.isFinite(outcome.number("loss_g")),
                        outcome.toString());
                String last = "up" + (Integer.numberOfTrailingZeros(size) - 3) + ".weight";
                assertFalse(
                        Arrays.equals(before.get(last), values(generator).get(last)),
                        "the layer next to the image learns");
            }
        }
    }

    @Test
    void initialWeightsHaveRadfordsSpread() {
        Map<String, float[]> values = values(
                new DcganGenerator(sized(64, 16, 5).common(), sized(64, 16, 5).own(), new Seed(1)));
        assertMoments(values.get("up0.weight"), 0, 0.02, 0.001);
        assertMoments(values.get("project.weight"), 0, 0.02, 0.001);
        assertMoments(values.get("norm0.weight"), 1, 0.02, 0.005);
        assertArrayEquals(new float[128], values.get("norm0.bias"));
    }

    private static void assertMoments(float[] values, double mean, double deviation, double tolerance) {
        double sum = 0;
        double squares = 0;
        for (float v : values) {
            sum += v;
            squares += (v - mean) * (v - mean);
        }
        assertEquals(mean, sum / values.length, tolerance);
        assertEquals(deviation, Math.sqrt(squares / values.length), tolerance);
    }

    @Test
    void theFirstLossesAreThoseOfACoinToss() {
        // With weights of N(0, 0.02) the logits start near 0: loss D ≈ 2·ln 2, loss G ≈ ln 2, D(x) ≈ D(G(z)) ≈ 1/2.
        GeneratorSpec<DcganOptions> options = sized(64, 8, 5);
        DcganGenerator generator = new DcganGenerator(options.common(), options.own(), new Seed(1));
        AdversarialStep step =
                DcganStep.of(generator, new DcganDiscriminator(options.common(), options.own(), new Seed(2)), options);
        try (Scope scope = new Scope()) {
            Tensor fake = generator.forward(
                    Tensors.of(new UniformLatents(100).draw(new Seed(3), 0, 8), 8, 100), NoLabels.of(8));
            assertEquals(
                    Math.log(2),
                    Tensors.item(step.stepGenerator(fake, NoLabels.of(8)).loss()),
                    0.1);
            AdversarialStep.Discrimination told = step.stepDiscriminator(real(8, 64), fake.detach(), NoLabels.of(8), 0);
            assertEquals(
                    2 * Math.log(2),
                    Tensors.item(told.real().loss()) + Tensors.item(told.fake().loss()),
                    0.25);
            assertEquals(0.5, Tensors.item(told.real().score()), 0.1);
            assertEquals(0.5, Tensors.item(told.fake().score()), 0.1);
        }
    }

    private static Tensor real(int n, int side) {
        float[] values = new float[n * 3 * side * side];
        var random = new Seed(9).random();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensors.of(values, n, 3, side, side);
    }

    @Test
    void theGeneratorsStepLeavesTheDiscriminatorAsItWas() {
        DcganGenerator generator = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
        DcganDiscriminator discriminator = new DcganDiscriminator(SMALL.common(), SMALL.own(), new Seed(2));
        AdversarialStep step = DcganStep.of(generator, discriminator, SMALL);
        try (Scope scope = new Scope()) {
            Tensor fake =
                    generator.forward(Tensors.of(new UniformLatents(8).draw(new Seed(3), 0, 4), 4, 8), NoLabels.of(4));
            Map<String, float[]> before = values(discriminator);
            step.stepDiscriminator(real(4, 16), fake.detach(), NoLabels.of(4), 0);
            Map<String, float[]> afterD = values(discriminator);
            assertFalse(
                    Arrays.equals(before.get("norm1.running_mean"), afterD.get("norm1.running_mean")),
                    "the discriminator's own step updates its statistics");
            assertFalse(Arrays.equals(before.get("down0.weight"), afterD.get("down0.weight")));
            Map<String, float[]> generatorBefore = values(generator);

            step.stepGenerator(fake, NoLabels.of(4));

            assertSame(afterD, values(discriminator));
            assertHasNoGradients(discriminator);
            assertHasNoGradients(generator);
            assertFalse(Arrays.equals(
                    generatorBefore.get("up0.weight"), values(generator).get("up0.weight")));
            assertTrue(StateDict.parameters(discriminator).values().stream().allMatch(Tensor::requires_grad));
        }
    }

    @Test
    void trainingOnOneImageTeachesTheDiscriminator() {
        DcganGenerator generator = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
        AdversarialStep step =
                DcganStep.of(generator, new DcganDiscriminator(SMALL.common(), SMALL.own(), new Seed(2)), SMALL);
        StepResult outcome = null;
        for (int i = 0; i < 150; i++) {
            try (Scope scope = new Scope()) {
                outcome = step.run(
                        real(4, 16),
                        NoLabels.of(4),
                        Tensors.of(new UniformLatents(8).draw(new Seed(3).at(i), 0, 4), 4, 8),
                        i);
            }
        }
        assertTrue(outcome.number("d_real") > outcome.number("d_fake") + 0.2, outcome.toString());
    }

    @Test
    void aLatentDependsOnSeedAndIndexAlone() {
        float[] five = new UniformLatents(100).draw(new Seed(7), 0, 5);
        assertArrayEquals(Arrays.copyOfRange(five, 300, 400), new UniformLatents(100).draw(new Seed(7), 3, 1));
        double sum = 0;
        double squares = 0;
        float[] many = new UniformLatents(100).draw(new Seed(8), 0, 1000);
        for (float v : many) {
            assertTrue(v >= -1 && v < 1);
            sum += v;
            squares += v * v;
        }
        assertEquals(0, sum / many.length, 0.01);
        assertEquals(1.0 / 3, squares / many.length, 0.01, "the variance of U[−1, 1]");
    }

    @Test
    void anImageDoesNotDependOnHowManyAreDrawn() {
        Sampler sampler = SMALL.create(Compute.cpu()).samplers().get(GeneratorWeights.RAW);
        byte[] many = sampler.pixels(new Seed(5), 0, 40, 0);
        byte[] few = sampler.pixels(new Seed(5), 0, 3, 0);
        assertEquals(40 * 16 * 16 * 3, many.length);
        assertArrayEquals(few, Arrays.copyOf(many, few.length));
        byte[] middle = sampler.pixels(new Seed(5), 30, 5, 0);
        assertArrayEquals(middle, Arrays.copyOfRange(many, 30 * 16 * 16 * 3, 35 * 16 * 16 * 3));
        assertFalse(Arrays.equals(few, sampler.pixels(new Seed(6), 0, 3, 0)));
    }

    @Test
    void impossibleOptionsSayWhatIsPossible() {
        String message = assertThrows(IllegalArgumentException.class, () -> sized(100, 4, 5))
                .getMessage();
        assertTrue(message.contains("size") && message.contains("100"), message);
        message = assertThrows(IllegalArgumentException.class, () -> sized(64, 4, 3))
                .getMessage();
        assertTrue(message.contains("kernel") && message.contains("3"), message);
    }
}
