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
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
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

/** What every family keeps to. A new one is listed in {@link FamilyCase#all}. */
final class ModelFamilyTest {
    @TempDir
    Path folder;

    @Test
    void everyFamilyIsTested() {
        assertEquals(
                GeneratorZoo.STANDARD.families().stream().map(ModelFamily::name).collect(Collectors.toSet()),
                FamilyCase.all().stream()
                        .map(each -> each.tiny().family().name())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aStoppedTrainingLeavesTheBytesOfOneThatWasNot(FamilyCase family) throws IOException {
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
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void anImageDependsOnItsSeedAndIndexAlone(FamilyCase family) {
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
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aSnapshotDrawsWhatTheModelDrew(FamilyCase family) throws IOException {
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
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aStepFollowsFromTheStateAndItsNumber(FamilyCase family) {
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
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void aClosedModelHoldsNoTensors(FamilyCase family) {
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
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void itsNetsHaveThePublishedParameters(FamilyCase family) {
        Map<String, Long> found = new TreeMap<>();
        GeneratorSpec<?> paper = family.tiny().family().preset(Preset.PAPER);
        paper.summary().nets().forEach(net -> found.put(net.name(), net.layers().parameters()));
        assertEquals(new TreeMap<>(family.published()), found);
        assertTrue(paper.summary().memory().total() > 0);
    }

    @ParameterizedTest
    @MethodSource("org.lesionforge.generator.training.FamilyCase#all")
    void itsOptionsAreExplainedAndSurviveTheirFile(FamilyCase family) throws IOException {
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
