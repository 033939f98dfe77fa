package org.lesionforge.generator.zoo.dcgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.generator.adversarial.net.ClassNorm;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.adversarial.net.Projection;
import org.lesionforge.io.Seed;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Class-conditional batch norm and the projection discriminator, against numbers by hand and against the nets that know no class. */
final class ConditionalDcganTest {
    private static final GeneratorSpec<DcganOptions> PLAIN = Dcgan.PAPER
            .common(common -> common.size(16).batch(4))
            .own(own -> own.with().latent(8).width(4).build());
    private static final GeneratorSpec<DcganOptions> TOLD =
            PLAIN.own(own -> own.with().conditional(true).build()).learning(3);

    private static final long[] LABELS = {2, 0, 1, 2};

    @TempDir
    Path folder;

    /** A net for layers that need an owner. */
    private static final class Owner extends DiscriminatorNet {
        @Override
        public Tensor forward(Tensor images, Tensor labels, Statistics statistics) {
            return images;
        }

        @Override
        public ModelSummary summary() {
            return new ModelSummary(List.of());
        }
    }

    private static Tensor labels(long... values) {
        return Tensors.ofLongs(values, values.length);
    }

    private static Tensor noise(long seed, long... shape) {
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensors.of(new UniformLatents(n).draw(new Seed(seed), 0, 1), shape);
    }

    @Test
    void theProjectionIsTheClassVectorTimesTheSummedFeatures() {
        Owner net = new Owner();
        Projection projection = Projection.register(net, 2, 3, false, new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor embedding = Objects.requireNonNull(StateDict.of(net).get("embedding.weight"));
            // Glorot and Bengio: at most sqrt(6 / (3 + 2)), and over six values not all small.
            float[] first = Tensors.floats(embedding.abs());
            assertTrue(Tensors.item(embedding.abs().max()) <= Math.sqrt(6.0 / 5), Arrays.toString(first));
            assertTrue(Tensors.item(embedding.abs().max()) > 0.3, Arrays.toString(first));
            embedding.copy_(Tensors.of(new float[] {1, 10, 2, -1, 0, 0.5f}, 3, 2));
            // Two channels of 1 × 2: sums 3 and 7 for the first image, −1 and 0.5 for the second.
            Tensor features = Tensors.of(new float[] {1, 2, 3, 4, -2, 1, 0.25f, 0.25f}, 2, 2, 1, 2);
            assertArrayEquals(
                    new float[] {1 * 3 + 10 * 7, 2 * -1 - 1 * 0.5f},
                    Tensors.floats(projection.of(features, labels(0, 1), true)),
                    1e-5f);
            assertArrayEquals(
                    new float[] {0.5f * 7, 1 * -1 + 10 * 0.5f},
                    Tensors.floats(projection.of(features, labels(2, 0), true)),
                    1e-5f);
        }
        StateDict.free(net);
    }

    @Test
    void withSpectralNormTheVectorOfOneClassHasLengthOne() {
        Owner net = new Owner();
        Projection projection = Projection.register(net, 2, 1, true, new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Objects.requireNonNull(StateDict.of(net).get("embedding.weight"))
                    .copy_(Tensors.of(new float[] {3, 4}, 1, 2));
            Tensor features = Tensors.of(new float[] {5, 10}, 1, 2, 1, 1);
            assertEquals(0.6 * 5 + 0.8 * 10, Tensors.item(projection.of(features, labels(0), true)), 1e-5);
        }
        StateDict.free(net);
    }

    @Test
    void classNormScalesAndShiftsEachImageByItsClass() {
        Owner net = new Owner();
        ClassNorm norm = ClassNorm.register(net, "norm0", 1, 2);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> own = StateDict.of(net);
            Objects.requireNonNull(own.get("norm0_gain.weight")).copy_(Tensors.of(new float[] {1, 3}, 2, 1));
            Objects.requireNonNull(own.get("norm0_shift.weight")).copy_(Tensors.of(new float[] {0, 10}, 2, 1));
            // Values 1 and 5 in two images: mean 3, variance 4, so −1 and 1.
            Tensor x = Tensors.of(new float[] {1, 5}, 2, 1, 1, 1);
            assertArrayEquals(new float[] {-1, 13}, Tensors.floats(norm.forward(x, labels(0, 1), true)), 1e-4f);
            assertArrayEquals(new float[] {7, 1}, Tensors.floats(norm.forward(x, labels(1, 0), true)), 1e-4f);
        }
        StateDict.free(net);
    }

    @Test
    void withEmbeddingsOfZeroTheDiscriminatorIsThatWithoutClasses() {
        for (Remedies remedies :
                List.of(Remedies.NONE, Remedies.NONE.with().minibatchStd(true).build())) {
            GeneratorSpec<DcganOptions> plain =
                    PLAIN.own(own -> own.with().remedies(remedies).build());
            GeneratorSpec<DcganOptions> told =
                    TOLD.own(own -> own.with().remedies(remedies).build());
            DcganDiscriminator without = new DcganDiscriminator(plain.common(), plain.own(), new Seed(2));
            DcganDiscriminator with = new DcganDiscriminator(told.common(), told.own(), new Seed(2));
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Tensor images = noise(1, 4, 3, 16, 16);
                float[] expected = Tensors.floats(without.forward(images, labels(0, 0, 0, 0), Statistics.KEEP));
                Tensor embedding = Objects.requireNonNull(StateDict.of(with).get("embedding.weight"));
                float[] before = Tensors.floats(with.forward(images, labels(LABELS), Statistics.KEEP));
                assertFalse(Arrays.equals(expected, before), "the class counts");
                embedding.zero_();
                assertArrayEquals(expected, Tensors.floats(with.forward(images, labels(LABELS), Statistics.KEEP)));
            }
            StateDict.free(without);
            StateDict.free(with);
        }
    }

    @Test
    void withTheSameGainsForEveryClassTheGeneratorIsThatWithoutClasses() {
        DcganGenerator without = new DcganGenerator(PLAIN.common(), PLAIN.own(), new Seed(1));
        DcganGenerator with = new DcganGenerator(TOLD.common(), TOLD.own(), new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> learned = StateDict.of(without);
            Map<String, Tensor> own = StateDict.of(with);
            assertEquals(1, Tensors.item(own.get("norm0_gain.weight").min()));
            assertEquals(1, Tensors.item(own.get("norm1_gain.weight").max()));
            assertEquals(0, Tensors.item(own.get("norm1_shift.weight").abs().max()));
            Map<String, Tensor> same = new LinkedHashMap<>();
            own.forEach((name, values) -> same.put(
                    name,
                    name.endsWith("_gain.weight")
                            ? learned.get(name.replace("_gain", "")).expand(3, values.size(1))
                            : name.endsWith("_shift.weight")
                                    ? learned.get(name.replace("_shift.weight", ".bias"))
                                            .expand(3, values.size(1))
                                    : learned.get(name)));
            StateDict.load(with, same);
            Tensor z = noise(3, 4, 8);
            assertArrayEquals(
                    Tensors.floats(without.forward(z, labels(0, 0, 0, 0))),
                    Tensors.floats(with.forward(z, labels(LABELS))),
                    1e-6f);
        }
        StateDict.free(without);
        StateDict.free(with);
    }

    /** With a gain and a shift of its own for each class, as after training. */
    private static DcganGenerator trained() {
        DcganGenerator net = new DcganGenerator(TOLD.common(), TOLD.own(), new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.of(net).forEach((name, values) -> {
                if (name.endsWith("_gain.weight") || name.endsWith("_shift.weight")) {
                    values.add_(noise(name.hashCode(), values.shape()));
                }
            });
        }
        return net;
    }

    @Test
    void permutingLabelsPermutesWhatIsDrawn() {
        DcganGenerator generator = trained();
        generator.eval();
        DcganDiscriminator discriminator = new DcganDiscriminator(TOLD.common(), TOLD.own(), new Seed(2));
        discriminator.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            // One latent in all places: which image is where follows from the labels alone.
            Tensor z = noise(3, 1, 8).expand(3, 8).contiguous();
            Tensor straight = generator.forward(z, labels(0, 1, 2));
            Tensor permuted = generator.forward(z, labels(2, 0, 1));
            for (long i = 0; i < 3; i++) {
                assertArrayEquals(
                        Tensors.floats(straight.select(0, new long[] {2, 0, 1}[(int) i])),
                        Tensors.floats(permuted.select(0, i)),
                        1e-6f);
            }
            assertTrue(Tensors.item(straight.select(0, 0)
                            .sub(straight.select(0, 1))
                            .abs()
                            .max())
                    > 0.01);
            Tensor image = noise(5, 1, 3, 16, 16).expand(3, 3, 16, 16).contiguous();
            float[] told = Tensors.floats(discriminator.forward(image, labels(0, 1, 2), Statistics.KEEP));
            float[] turned = Tensors.floats(discriminator.forward(image, labels(2, 0, 1), Statistics.KEEP));
            assertArrayEquals(new float[] {told[2], told[0], told[1]}, turned, 1e-6f);
            assertTrue(Math.abs(told[0] - told[1]) > 1e-4, Arrays.toString(told));
        }
        StateDict.free(generator);
        StateDict.free(discriminator);
    }

    @Test
    void itsSummaryCountsWhatIsOfEachClass() {
        GeneratorSummary plain = PLAIN.summary();
        GeneratorSummary told = TOLD.summary();
        // Maps of 8 and 4 channels are normalised, each class by its own gains and shifts.
        assertEquals(
                plain.nets().get(0).layers().parameters() + 2 * 2 * (8 + 4),
                told.nets().get(0).layers().parameters());
        // The features have 8 channels.
        assertEquals(
                plain.nets().get(1).layers().parameters() + 3 * 8,
                told.nets().get(1).layers().parameters());
        assertEquals(
                StateDict.parameterCount(new DcganGenerator(TOLD.common(), TOLD.own(), new Seed(1))),
                told.nets().get(0).layers().parameters());
        assertEquals(
                StateDict.parameterCount(new DcganDiscriminator(TOLD.common(), TOLD.own(), new Seed(1))),
                told.nets().get(1).layers().parameters());
    }

    @Test
    void filesNameItOnlyWhereClassesAreToldApart() throws IOException {
        assertFalse(PLAIN.json().has("conditional"));
        assertFalse(TOLD.json().has("class_count"), "that follows from the names of the classes");
        assertTrue(TOLD.json().get("conditional").asBoolean());
        assertEquals(PLAIN, GeneratorSpec.read(Dcgan.FAMILY, object(PLAIN), true));
        assertEquals(TOLD, GeneratorSpec.read(Dcgan.FAMILY, object(TOLD), true).learning(3));
        assertFalse(PLAIN.conditional());
        assertTrue(TOLD.conditional() && Dcgan.FAMILY.canBeConditional());
    }

    private JsonObject object(GeneratorSpec<?> spec) throws IOException {
        Path file = folder.resolve("options.json");
        Json.write(file, spec);
        return JsonObject.read(file);
    }

    @Test
    void gradientsReachTheClassesOfTheBatchAlone() {
        DcganGenerator generator = trained();
        try (Scope scope = new Scope()) {
            generator.forward(noise(3, 4, 8), labels(0, 0, 2, 2)).square().sum().backward();
            Tensor gradient = Objects.requireNonNull(
                            StateDict.parameters(generator).get("norm1_gain.weight"))
                    .grad();
            assertTrue(Tensors.item(gradient.select(0, 0).abs().max()) > 0);
            assertEquals(0, Tensors.item(gradient.select(0, 1).abs().max()));
            assertTrue(Tensors.item(gradient.select(0, 2).abs().max()) > 0);
        }
        StateDict.free(generator);
    }
}
