package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.ClassRows;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.InitialRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.generator.zoo.wgan.WganGp;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.training.CheckpointPolicy;

/** A training that begins with the weights of another one: all lesions first, then a class. */
final class InitialWeightsTest {
    private static final GeneratorSpec<DcganOptions> TOLD = TinyTraining.NETS.own(
            own -> own.with().conditional(true).learningRate(0.01).build());

    @TempDir
    Path folder;

    private Dataset dataset;
    private GeneratorRun first;

    @BeforeEach
    void train() throws IOException {
        TinyTraining.prepare(folder);
        dataset = Dataset.open(folder.resolve("dataset"));
        Path run = folder.resolve("first");
        TinyTraining.of(folder, TOLD).run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        first = GeneratorRun.open(run, GeneratorZoo.STANDARD);
    }

    private GeneratorRun begin(Path folder, GeneratorSpec<?> options) throws IOException {
        LearnedClasses classes = new LearnedClasses(List.of("malignant"), options.conditional());
        Optional<InitialRun> init =
                Optional.of(InitialWeights.of(first, options, Progress.SILENT).init());
        return GeneratorRun.create(folder, real(), classes, options, Optional.empty(), init);
    }

    private TrainingPart real() {
        return dataset.training().ofClass("malignant");
    }

    private void train(GeneratorRun run, Progress progress) throws IOException {
        new GeneratorTrainer(run.config().options(), Compute.cpu(), progress).train(real(), run, Optional.empty());
    }

    @Test
    void aClassThatBothKnowKeepsItsRowAndANewOneIsTheMean() {
        try (Scope scope = new Scope()) {
            Tensor theirs = Tensors.of(new float[] {1, 2, 5, 8}, 2, 2);
            ClassRows rows = ClassRows.of(List.of("new", "b", "a"), List.of("a", "b"));
            assertArrayEquals(new float[] {3, 5, 5, 8, 1, 2}, Tensors.floats(rows.of(theirs)));
            assertArrayEquals(new float[] {3, 5, 1}, Tensors.floats(rows.of(Tensors.of(new float[] {1, 5}, 2))));
        }
    }

    @Test
    void itBeginsWithTheWeightsOfTheLastCheckpointAndARowForItsOwnClass() throws IOException {
        GeneratorRun second = begin(folder.resolve("second"), TOLD.common(common -> common.seed(5)));
        InitialRun init = Objects.requireNonNull(second.config().init());
        assertEquals(List.of("benign", "malignant"), init.classes());
        assertEquals(
                second.config(),
                GeneratorRun.open(second.folder(), GeneratorZoo.STANDARD).config());
        try (GenerativeModel model = second.config().options().create(Compute.cpu());
                Scope scope = new Scope()) {
            new InitialWeights(init).load(model, List.of("malignant"), true);
            Map<String, Tensor> theirs = Safetensors.open(first.checkpoints().resolve("state-00000001.safetensors"))
                    .tensors();
            assertTrue(theirs.keySet().stream().anyMatch(name -> name.startsWith("adam.")));
            model.learned().forEach((name, tensor) -> {
                assertFalse(name.contains("adam"), name);
                Tensor expected = Objects.requireNonNull(theirs.get(name));
                boolean ofClasses = name.contains("_gain") || name.contains("_shift") || name.contains("embedding");
                assertArrayEquals(
                        Tensors.floats(ofClasses ? expected.select(0, 1) : expected), Tensors.floats(tensor), name);
            });
        }
    }

    @Test
    void itResumesWithEqualBytesThoughTheOtherRunIsGone() throws IOException {
        GeneratorSpec<?> options = TOLD.common(common -> common.batch(2).epochs(2));
        GeneratorRun straight = begin(folder.resolve("straight"), options);
        GeneratorRun stopped = begin(folder.resolve("stopped"), options);
        train(straight, Progress.SILENT);
        assertThrows(InterruptedRunException.class, () -> train(stopped, new StopAfter("training the GAN, images", 2)));
        Files.move(first.folder(), folder.resolve("gone"));
        train(stopped, Progress.SILENT);
        for (String file : List.of("stats.jsonl", "config.json", "checkpoints/epoch-0002.generator.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(straight.folder().resolve(file)),
                    Files.readAllBytes(stopped.folder().resolve(file)),
                    file);
        }
    }

    @Test
    void whatWasSeenBeforeIsSaid() throws IOException {
        GeneratorRun second = begin(folder.resolve("second"), TOLD);
        assertEquals(7, second.initialIds().size());
        assertEquals(5, second.trainingIds().size());
        assertTrue(second.initialIds().containsAll(second.trainingIds()));
        assertEquals(List.of(), first.initialIds());
    }

    @Test
    void otherNetsAreRefusedWithBothValues() {
        GeneratorSpec<DcganOptions> wider = TOLD.own(own -> own.with()
                .width(8)
                .learningRate(0.5)
                .remedies(Remedies.NONE.with().spectralNorm(true).ema(20, 0).build())
                .build());
        String message = refusal(wider);
        assertTrue(message.contains("width 4, here 8"), message);
        assertTrue(message.contains("remedies.spectral_norm false, here true"), message);
        assertFalse(message.contains("learning_rate") || message.contains("ema"), message);
        String told = refusal(TOLD.own(own -> own.with().conditional(false).build()));
        assertTrue(told.contains("conditional true, here false"), told);
        String family = refusal(WganGp.FAMILY.preset(Preset.PAPER));
        assertTrue(family.contains("'dcgan'") && family.contains("'wgan-gp'"), family);
    }

    private String refusal(GeneratorSpec<?> options) {
        return assertThrows(UnusableInputException.class, () -> InitialWeights.of(first, options, Progress.SILENT))
                .getMessage();
    }

    @Test
    void anAverageThatTheOtherDidNotHaveBeginsAsTheRawWeights() throws IOException {
        GeneratorSpec<?> averaged = TOLD.own(own ->
                own.with().remedies(Remedies.NONE.with().ema(20, 0).build()).build());
        InitialWeights weights = InitialWeights.of(first, averaged, Progress.SILENT);
        try (GenerativeModel model = averaged.create(Compute.cpu());
                Scope scope = new Scope()) {
            weights.load(model, List.of("malignant"), true);
            Map<String, Tensor> own = model.learned();
            assertArrayEquals(
                    Tensors.floats(Objects.requireNonNull(own.get("generator.up0.weight"))),
                    Tensors.floats(Objects.requireNonNull(own.get("ema.up0.weight"))));
        }
    }

    @Test
    void aRunWithoutACheckpointOrWithAChangedOneIsRefused() throws IOException {
        GeneratorRun second = begin(folder.resolve("second"), TOLD);
        Path state = first.checkpoints().resolve("state-00000001.safetensors");
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length - 1] ^= 1;
        Files.write(state, bytes);
        assertThrows(UnusableInputException.class, () -> train(second, Progress.SILENT));
        Files.delete(first.checkpoints().resolve("state-00000001.json"));
        String message = refusal(TOLD);
        assertTrue(message.contains("has no checkpoint"), message);
    }
}
