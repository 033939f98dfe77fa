package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** A training of a whole net on pixels that was stopped comes out the same, bit by bit, from scratch and from weights; on a net of a moment, {@link ClassifierResumeTest}. */
final class WholeNetResumeTest {
    private static final String TASK = "training the classifier, images";

    private static final Architecture NETWORK =
            BackboneZoo.STANDARD.named("mobilenet-v2").orElseThrow();

    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static int runs;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = ColouredSquares.prepare(folder, 16);
    }

    private static Path newFolder() {
        return folder.resolve("run" + ++runs);
    }

    private static ClassifierOptions.Builder whole() {
        return ClassifierOptions.paper()
                .with()
                .size(ColouredSquares.SIDE)
                .epochs(2)
                .batch(9)
                .microBatch(5)
                .selection(Selection.BEST);
    }

    /** A training of whole nets on the squares: the same whenever it begins again. */
    private record Training(Architecture network, ClassifierOptions options, Optional<PretrainedWeights> weights) {
        /** Begins or resumes; then what the run holds, and what its classifier says, without the time. */
        Map<String, String> run(Path folder, Progress progress) throws IOException {
            ClassifierRun run = ClassifierRun.isRun(folder)
                    ? ClassifierRun.open(folder)
                    : ClassifierRun.create(folder, dataset.training(), network, options, weights);
            Optional<HeldOutPart> validation = Optional.of(dataset.validation());
            try (Classifier trained =
                    trainer(progress).train(dataset.training(), validation, run, CheckpointPolicy.DEFAULTS)) {
                run.save(trained);
                run.deleteCheckpoints();
                trained.predict(dataset.test(), Progress.SILENT).writeCsv(folder.resolve("predictions.csv"));
            }
            assertTrue(run.isFinished());
            assertFalse(Files.exists(folder.resolve("checkpoints")));
            Map<String, String> outcome = new TreeMap<>();
            for (String name :
                    List.of("config.json", "training-ids.txt", "model.json", "model.safetensors", "predictions.csv")) {
                outcome.put(name, Sha256.of(folder.resolve(name)));
            }
            outcome.put("log", ClassifierResumeTest.log(run.epochs()).toString());
            return outcome;
        }

        private ClassifierTrainer trainer(Progress progress) {
            return weights.map(each -> ClassifierTrainer.from(each, options, Compute.cpu(), progress))
                    .orElseGet(() -> ClassifierTrainer.fromScratch(network, options, Compute.cpu(), progress));
        }

        /** Of micro-batches of 4 and 5 images: in the midst of a batch, at an epoch's end, in the last batch. */
        Path stopped() {
            Path run = newFolder();
            for (long stop : new long[] {4, 18, 31}) {
                assertThrows(InterruptedRunException.class, () -> run(run, new StopAfter(TASK, stop)));
                assertFalse(ClassifierRun.open(run).isFinished());
            }
            return run;
        }

        void comesOutTheSame() throws IOException {
            assertEquals(18, dataset.training().size());
            assertEquals(run(newFolder(), Progress.SILENT), run(stopped(), Progress.SILENT));
        }
    }

    @Test
    void theWholeNetComesOutTheSame() throws IOException {
        new Training(NETWORK, whole().build(), Optional.empty()).comesOutTheSame();
    }

    /** Its checkpoints have the auxiliary head, too, and are large. */
    @Test
    @Tag("slow")
    void soItDoesWithAnAuxiliaryHead() throws IOException {
        Architecture inception = BackboneZoo.STANDARD.named("inception-v3").orElseThrow();
        new Training(inception, whole().build(), Optional.empty()).comesOutTheSame();
    }

    /** From weights that are read anew at each start: the head that they lack, dropout and the running average are remembered. */
    @Test
    void fineTuningComesOutTheSame() throws IOException {
        Architecture network = ToyBackbone.ARCHITECTURE;
        ClassifierOptions options =
                whole().training(Recipe.STRONG.options().training()).build();
        new Training(network, options, Optional.of(RandomWeights.in(folder, network, network.deepest())))
                .comesOutTheSame();
    }

    @Test
    void aStoppedRunTakesNoOtherOptions() {
        Path run = new Training(ToyBackbone.ARCHITECTURE, whole().build(), Optional.empty()).stopped();
        Training longer =
                new Training(ToyBackbone.ARCHITECTURE, whole().epochs(3).build(), Optional.empty());
        String message = assertThrows(UnusableInputException.class, () -> longer.run(run, Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("other options") && message.contains("epochs=3"), message);
    }

    @Test
    void aRunGoesOnWithItsOwnImagesAlone() throws IOException {
        ClassifierOptions options = whole().build();
        Path of = newFolder();
        ClassifierRun.create(of, dataset.training(), NETWORK, options, Optional.empty());
        ClassifierRun run = ClassifierRun.open(of);
        run.requireSame(dataset.training(), NETWORK, options, Optional.empty());
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> run.requireSame(
                                dataset.training(),
                                NETWORK,
                                options,
                                Optional.of(RandomWeights.in(folder, NETWORK, NETWORK.deepest()))))
                .getMessage();
        assertTrue(message.contains("checksum none, now it is") && message.contains("--weights"), message);
        Files.writeString(of.resolve("training-ids.txt"), "b0\nb1\n");
        message = assertThrows(UnusableInputException.class, () -> ClassifierRun.open(of)
                        .requireSame(dataset.training(), NETWORK, options, Optional.empty()))
                .getMessage();
        assertTrue(message.contains("other images"), message);
    }
}
