package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.StopAfter;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.FamilyDescription;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.LatentSampler;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.Flips;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.generator.zoo.ddpm.Ddpm;
import org.lesionforge.generator.zoo.ddpm.DdpmOptions;
import org.lesionforge.generator.zoo.lapgan.Lapgan;
import org.lesionforge.generator.zoo.mlp.Mlp;
import org.lesionforge.generator.zoo.mlp.MlpOptions;
import org.lesionforge.generator.zoo.wgan.WganGp;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.training.CheckpointPolicy;

/** What every family keeps to. A new one is listed in {@link #cases}. */
final class ModelFamilyTest {
    private static final String CONDITIONAL = ", conditional";

    /**
     * A family as it is tested.
     *
     * @param tiny options of a training that takes a moment: of 16 pixels, with everything on that has a state
     * @param published parameters of each net with the options of the first preset, from the paper or by hand
     */
    record Case(GeneratorSpec<?> tiny, Map<String, Long> published) {
        @Override
        public String toString() {
            return tiny.family().name()
                    + (tiny.conditional() ? CONDITIONAL : tiny.classifies() ? ", with a classifier" : "");
        }
    }

    static List<Case> cases() {
        return List.of(
                dcgan(),
                conditionalDcgan(),
                wganGp(),
                mlp(false),
                mlp(true),
                lapgan(),
                conditionalLapgan(),
                ddpm(),
                conditionalDdpm());
    }

    private static GeneratorSpec<DcganOptions> tinyDcgan() {
        return TinyTraining.NETS.own(own -> own.with()
                .remedies(Remedies.NONE
                        .with()
                        .flips(Flips.BOTH)
                        .translation(0.125)
                        .ema(20, 0.5)
                        .rateDecay(0.5)
                        .build())
                .build());
    }

    /** The published sizes are those of the first preset, which is not conditional. */
    private static Case conditionalDcgan() {
        return new Case(
                tinyDcgan().own(own -> own.with().conditional(true).build()).learning(2), dcgan().published());
    }

    private static Case ddpm() {
        return new Case(tinyDdpm(), Map.of("denoiser", denoiser(64)));
    }

    private static Case conditionalDdpm() {
        return new Case(
                tinyDdpm()
                        .own(own -> own.with()
                                .conditional(true)
                                .drawing(new DdpmOptions.Drawing(3, 2, 1.5))
                                .build())
                        .learning(2),
                ddpm().published());
    }

    private static GeneratorSpec<DdpmOptions> tinyDdpm() {
        return new GeneratorSpec<>(
                Ddpm.FAMILY,
                TinyTraining.NETS.common(),
                Ddpm.FAMILY
                        .preset("small-data")
                        .own()
                        .with()
                        .width(8)
                        .ema(20, 0.5)
                        .learning(1e-3, 2, 0.5)
                        .drawing(new DdpmOptions.Drawing(3, 2, 1))
                        .build());
    }

    /** Parameters of Ho et al.'s U-Net for 3 × 32 × 32; 35,746,307 with their width of 128. */
    private static long denoiser(long w) {
        // Residual blocks from and to multiples of w channels: down, in the middle, and up with what the way down had.
        int[][] blocks = {
            {1, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 2}, {4, 2}, {4, 2}, {4, 2},
            {4, 2}, {4, 2}, {4, 2}, {4, 2}, {4, 2}, {3, 2}, {3, 1}, {2, 1}, {2, 1}
        };
        // Two fully connected layers for the time, w → 4w → 4w.
        long count = 20 * w * w + 8 * w;
        for (int[] block : blocks) {
            long in = block[0] * w;
            long out = block[1] * w;
            count += 2 * in + (9 * in + 1) * out + (4 * w + 1) * out + 2 * out + (9 * out + 1) * out;
            count += in == out ? 0 : (in + 1) * out;
        }
        // Attention of 2w channels: two at 16×16 on the way down, three on the way up, one in the middle.
        count += 6 * (4 * (2 * w + 1) * 2 * w + 4 * w);
        // Between the levels: one convolution of w channels, five of 2w; the first, and the last with its norm.
        count += (9 * w + 1) * w + 5 * (18 * w + 1) * 2 * w;
        return count + 28 * w + 2 * w + 27 * w + 3;
    }

    private static Case dcgan() {
        return new Case(
                tinyDcgan(),
                // Kernels of 5×5, no biases but the last one's, batch norm's gains and shifts.
                Map.of(
                        "generator",
                        100L * 16384
                                + 25 * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 3)
                                + 2 * (1024 + 512 + 256 + 128),
                        "discriminator",
                        25L * (3 * 128 + 128 * 256 + 256 * 512 + 512 * 1024) + 2 * (256 + 512 + 1024) + 16384 + 1));
    }

    private static Case mlp(boolean classifies) {
        return new Case(
                Mlp.FAMILY
                        .preset(Preset.PAPER)
                        .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                        .own(own -> new MlpOptions(
                                8, 2e-4, 0.5, classifies, new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5)))
                        .learning(2),
                Map.of("generator", 13_301_632L, "discriminator", 6_423_553L));
    }

    private static Case wganGp() {
        return new Case(
                WganGp.FAMILY
                        .preset(Preset.PAPER)
                        .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                        .own(own -> own.with()
                                .latent(8)
                                .width(4)
                                .criticSteps(2)
                                .remedies(new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5))
                                .build()),
                // DCGAN's nets of half the width; gains and shifts of layer norm in place of batch norm's.
                Map.of(
                        "generator",
                        128L * 8192 + 25 * (512 * 256 + 256 * 128 + 128 * 64 + 64 * 3) + 2 * (512 + 256 + 128 + 64),
                        "discriminator",
                        25L * (3 * 64 + 64 * 128 + 128 * 256 + 256 * 512) + 2 * (128 + 256 + 512) + 8192 + 1));
    }

    private static GeneratorSpec<?> tinyLapgan(boolean conditional) {
        return Lapgan.FAMILY
                .preset(Preset.PAPER)
                .own(own -> own.with()
                        .base(8)
                        .latent(8)
                        .width(4)
                        .residualWidth(4)
                        .conditioningNoise(0.1)
                        .conditional(conditional)
                        .remedies(new SharedRemedies(Flips.BOTH, 0.125, 0.1, 20, 0.5, 0.5))
                        .build())
                .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
                .learning(2);
    }

    private static Case conditionalLapgan() {
        return new Case(tinyLapgan(true), lapgan().published());
    }

    private static Case lapgan() {
        return new Case(
                tinyLapgan(false),
                // DCGAN's nets at 16 pixels, then those of Denton et al. with 12×12 and 28×28 places before the logit.
                Map.of(
                        "generator-16",
                        100L * 4096 + 25 * (256 * 128 + 128 * 3) + 2 * (256 + 128),
                        "discriminator-16",
                        25L * (3 * 128 + 128 * 256) + 2 * 256 + 4096 + 1,
                        "generator-32",
                        218_179L,
                        "discriminator-32",
                        116_545L,
                        "generator-64",
                        218_179L,
                        "discriminator-64",
                        116_545L + 64 * (28 * 28 - 12 * 12)));
    }

    @TempDir
    Path folder;

    @Test
    void everyFamilyIsTested() {
        assertEquals(
                GeneratorZoo.STANDARD.families().stream().map(ModelFamily::name).collect(Collectors.toSet()),
                cases().stream().map(each -> each.tiny().family().name()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aStoppedTrainingLeavesTheBytesOfOneThatWasNot(Case family) throws IOException {
        TinyTraining.prepare(folder);
        // Two iterations an epoch, of five images, or of seven of both classes; four a stage.
        int batch = family.tiny().usesLabels() ? 3 : 2;
        int stages = family.tiny().stages();
        TinyTraining training = TinyTraining.of(
                folder,
                family.tiny().common(common -> common.batch(batch).epochs(2).snapshotEvery(1)));
        Path straight = folder.resolve("straight");
        training.run(straight, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        Path stopped = folder.resolve("stopped");
        for (int iteration = 1; iteration < 4 * stages; iteration += 2) {
            StopAfter stop = new StopAfter("training the GAN, images", (long) batch * iteration);
            assertThrows(InterruptedRunException.class, () -> training.run(stopped, CheckpointPolicy.DEFAULTS, stop));
        }
        assertEquals(
                4L * stages,
                training.run(stopped, CheckpointPolicy.DEFAULTS, Progress.SILENT)
                        .iterations());
        assertEquals(sums(straight, 4 * stages), sums(stopped, 4 * stages));
    }

    /** Of every file but the checkpoints' JSON, which tells the time, and the checkpoints before the last. */
    private static Map<String, String> sums(Path run, int iterations) throws IOException {
        String last = String.format(Locale.ROOT, "state-%08d.safetensors", iterations);
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString().replace('\\', '/');
                if (!name.contains("/state-") || name.endsWith(last)) {
                    sums.put(name, Sha256.of(file));
                }
            }
        }
        assertTrue(sums.containsKey("checkpoints/" + last), sums.toString());
        return sums;
    }

    private static LabelShares evenly(int labels) {
        return new LabelShares(Collections.nCopies(labels, 1));
    }

    private static StepResult step(GenerativeModel model, GeneratorOptions options, long iteration) {
        int values = options.batch() * options.channels() * options.size() * options.size();
        byte[] pixels = new byte[values];
        for (int i = 0; i < values; i++) {
            pixels[i] = (byte) (31 * i);
        }
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.images(
                    pixels,
                    options.batch(),
                    options.size(),
                    options.channels(),
                    Compute.cpu().device());
            long[] labels = new long[options.batch()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % options.classCount();
            }
            return model.step(new Batch(images, Tensors.ofLongs(labels, labels.length), 100), iteration);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anImageDependsOnItsSeedAndIndexAlone(Case family) {
        GeneratorSpec<?> tiny = family.tiny();
        try (GenerativeModel model = tiny.create(Compute.cpu())) {
            for (int i = 0; i < 5; i++) {
                step(model, tiny.common(), i);
            }
            model.samplers().forEach((weights, sampler) -> {
                byte[] many = sampler.pixels(new Seed(5), 0, 40, 0);
                int image = sampler.side() * sampler.side() * sampler.channels();
                assertEquals(40 * image, many.length);
                assertArrayEquals(Arrays.copyOf(many, 3 * image), sampler.pixels(new Seed(5), 0, 3, 0));
                assertArrayEquals(
                        Arrays.copyOfRange(many, 30 * image, 35 * image), sampler.pixels(new Seed(5), 30, 5, 0));
                assertFalse(Arrays.equals(many, sampler.pixels(new Seed(6), 0, 40, 0)), "another seed");
                if (tiny.conditional()) {
                    byte[] ofAnotherClass = sampler.pixels(new Seed(5), 0, 40, 1);
                    assertFalse(Arrays.equals(many, ofAnotherClass), "another class");
                    assertArrayEquals(
                            Arrays.copyOfRange(ofAnotherClass, 30 * image, 35 * image),
                            sampler.pixels(new Seed(5), 30, 5, 1));
                }
                if (sampler instanceof LatentSampler latents) {
                    float[] first = latents.latent(new Seed(5), 0);
                    float[] second = latents.latent(new Seed(5), 1);
                    assertArrayEquals(Arrays.copyOf(many, 2 * image), latents.pixels(List.of(first, second), 0));
                    assertArrayEquals(first, latents.between(first, second, 0), 1e-6f);
                    assertArrayEquals(second, latents.between(first, second, 1), 1e-6f);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSnapshotDrawsWhatTheModelDrew(Case family) throws IOException {
        GeneratorSpec<?> tiny = family.tiny();
        try (GenerativeModel model = tiny.create(Compute.cpu())) {
            for (int i = 0; i < 3; i++) {
                step(model, tiny.common(), i);
            }
            model.prepareSnapshot(new Seed(9), evenly(tiny.common().classCount()));
            Map<GeneratorWeights, Path> files = new LinkedHashMap<>();
            try (Scope scope = new Scope()) {
                for (Map.Entry<GeneratorWeights, Map<String, Tensor>> snapshot :
                        model.snapshots().entrySet()) {
                    Path file = folder.resolve(snapshot.getKey().file());
                    Safetensors.write(file, snapshot.getValue(), Map.of());
                    files.put(snapshot.getKey(), file);
                }
            }
            assertEquals(model.samplers().keySet(), files.keySet());
            assertEquals(Set.copyOf(tiny.weights()), files.keySet(), "as the family says");
            assertTrue(tiny.weights().contains(tiny.usualWeights()));
            model.samplers().forEach((weights, sampler) -> {
                try (Sampler loaded =
                        tiny.load(Safetensors.open(files.get(weights)).tensors(), Compute.cpu())) {
                    assertEquals(tiny.common().size(), loaded.side());
                    assertArrayEquals(
                            sampler.pixels(new Seed(1), 0, 4, 0), loaded.pixels(new Seed(1), 0, 4, 0), weights.word());
                }
            });
            Map<String, Tensor> less =
                    Safetensors.open(files.get(tiny.usualWeights())).tensors();
            less.remove(less.keySet().iterator().next());
            assertThrows(UnusableInputException.class, () -> tiny.load(less, Compute.cpu()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aStepFollowsFromTheStateAndItsNumber(Case family) {
        GeneratorSpec<?> tiny = family.tiny();
        try (GenerativeModel model = tiny.create(Compute.cpu());
                GenerativeModel other = tiny.common(common -> common.seed(99)).create(Compute.cpu());
                GenerativeModel restored = tiny.create(Compute.cpu())) {
            step(model, tiny.common(), 0);
            step(other, tiny.common(), 0);
            try (Scope scope = new Scope()) {
                restored.restore(model.tensors(), Json.convert(model.memo(), JsonNode.class));
                StepResult next = step(model, tiny.common(), 1);
                assertEquals(next, step(restored, tiny.common(), 1));
                assertFalse(next.equals(step(other, tiny.common(), 1)), "the seed decides");
                assertTrue(next.numbers().keySet().stream().anyMatch(key -> key.startsWith("loss")), next.toString());
                Map<String, Tensor> tensors = restored.tensors();
                model.tensors()
                        .forEach((name, tensor) ->
                                assertArrayEquals(Tensors.floats(tensor), Tensors.floats(tensors.get(name)), name));
            }
            double rate = model.learningRate();
            model.scaleLearningRate(0.5);
            assertEquals(rate / 2, model.learningRate());
            assertEquals(
                    model.alarmRules().size(),
                    model.alarmRules().stream().map(AlarmRule::name).distinct().count());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aClosedModelHoldsNoTensors(Case family) {
        GenerativeModel model = family.tiny().create(Compute.cpu());
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = model.tensors();
            assertTrue(tensors.values().stream().mapToLong(Tensor::nbytes).sum() > 1000);
            model.close();
            // Of the optimisers they are closed, of the nets empty; a copied counter takes 8 bytes.
            tensors.values().forEach(tensor -> assertTrue(tensor.isNull() || tensor.nbytes() <= Long.BYTES));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsNetsHaveThePublishedParameters(Case family) {
        Map<String, Long> found = new TreeMap<>();
        GeneratorSpec<?> paper = family.tiny().family().preset(Preset.PAPER);
        paper.summary().nets().forEach(net -> found.put(net.name(), net.layers().parameters()));
        assertEquals(new TreeMap<>(family.published()), found);
        assertTrue(paper.summary().memory().total() > 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsOptionsAreExplainedAndSurviveTheirFile(Case family) throws IOException {
        ModelFamily<?> known = family.tiny().family();
        assertTrue(known.name().matches("[a-z][a-z0-9-]*"), known.name());
        FamilyDescription description = FamilyDescription.of(known);
        for (FamilyDescription.Option option : description.options()) {
            assertFalse(option.meaning().isBlank(), option.name());
        }
        for (GeneratorSpec<?> spec : List.of(family.tiny(), family.tiny().common(common -> common.channels(4)))) {
            Path file = folder.resolve("options.json");
            Json.write(file, spec);
            JsonObject read = JsonObject.read(file);
            assertEquals(spec.common().channels() != 3, read.has("channels"));
            assertEquals(
                    spec,
                    GeneratorSpec.read(known, read, true).learning(spec.common().classCount()));
            assertEquals(new TreeSet<>(read.keys()).size(), read.keys().size());
        }
        assertThrows(
                IllegalArgumentException.class, () -> family.tiny().common(common -> common.size(17)), "no such size");
    }

    @Test
    void aZooHasEachFamilyOnceAndKnowsThemByName() {
        assertEquals(Dcgan.FAMILY, GeneratorZoo.STANDARD.named("dcgan"));
        String message = assertThrows(IllegalArgumentException.class, () -> GeneratorZoo.STANDARD.named("gann"))
                .getMessage();
        assertTrue(message.contains("'gann'") && message.contains("there are dcgan"), message);
        assertThrows(IllegalArgumentException.class, () -> new GeneratorZoo(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new GeneratorZoo(List.of(Dcgan.FAMILY, Dcgan.FAMILY)));
    }
}
