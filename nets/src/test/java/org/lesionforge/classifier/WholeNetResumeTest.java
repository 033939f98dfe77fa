package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/**
 * A training of a whole net on pixels that was stopped comes out the same, bit by bit, from scratch and from weights. On a net of a moment, {@link
 * ClassifierResumeTest}; with every network of the list, {@link ClassifierContract}.
 */
final class WholeNetResumeTest {
    /** Of micro-batches of 4 and 5 images: in the midst of a batch, at an epoch's end, in the last batch. */
    private static final List<Integer> STOPS = List.of(4, 18, 31);

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

    private static WholeTraining training(
            Architecture network, ClassifierOptions options, Optional<PretrainedWeights> weights) {
        return new WholeTraining(dataset, network, options, weights);
    }

    private static void comesOutTheSame(WholeTraining training) throws IOException {
        assertEquals(18, dataset.training().size());
        training.comesOutTheSame(newFolder(), STOPS);
    }

    @Test
    void theWholeNetComesOutTheSame() throws IOException {
        comesOutTheSame(training(NETWORK, whole().build(), Optional.empty()));
    }

    /** From weights that are read anew at each start: the head that they lack, dropout and the running average are remembered. */
    @Test
    void fineTuningComesOutTheSame() throws IOException {
        Architecture network = ToyBackbone.ARCHITECTURE;
        ClassifierOptions options =
                whole().training(Recipe.STRONG.options().training()).build();
        comesOutTheSame(training(network, options, Optional.of(RandomWeights.in(folder, network, network.deepest()))));
    }

    @Test
    void aStoppedRunTakesNoOtherOptions() {
        Path run = newFolder();
        training(ToyBackbone.ARCHITECTURE, whole().build(), Optional.empty()).stop(run, STOPS);
        WholeTraining longer =
                training(ToyBackbone.ARCHITECTURE, whole().epochs(3).build(), Optional.empty());
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
