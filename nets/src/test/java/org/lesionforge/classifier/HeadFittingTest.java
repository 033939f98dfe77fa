package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.probe.ProbeOptions.Layer;
import org.lesionforge.data.Dataset;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** A last layer alone, on features of a small network. */
final class HeadFittingTest {
    private static final String TASK = "fitting the last layer, L2";

    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static PretrainedWeights weights;
    private static int runs;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = ColouredSquares.prepare(folder, 16);
        weights = RandomWeights.in(folder, ToyBackbone.ARCHITECTURE, ToyBackbone.ARCHITECTURE.deepest());
    }

    private static ClassifierOptions options(Layer layer, int views) {
        return ClassifierOptions.paper()
                .with()
                .size(ColouredSquares.SIDE)
                .probe(ProbeOptions.behind(layer))
                .views(views)
                .build();
    }

    private static FrozenFeatures features(Layer layer) {
        return new FrozenFeatures(
                weights,
                ProbeOptions.end(ProbeOptions.behind(layer), ToyBackbone.ARCHITECTURE),
                ColouredSquares.SIDE,
                Compute.cpu(),
                Progress.SILENT);
    }

    private static ClassifierRun newRun(ClassifierOptions options) throws IOException {
        return ClassifierRun.create(
                folder.resolve("run" + ++runs),
                dataset.training(),
                ToyBackbone.ARCHITECTURE,
                options,
                Optional.of(weights));
    }

    private static Classifier train(
            FrozenFeatures frozen, ClassifierOptions options, ClassifierRun run, Progress progress) {
        return ClassifierTrainer.onFeatures(frozen, options, Compute.cpu(), progress)
                .train(dataset.training(), Optional.of(dataset.validation()), run, CheckpointPolicy.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"MIDDLE, 1", "MIDDLE, 8", "LAST, 4"})
    void theStoredNetworkSaysOfPixelsWhatTheLayerSaysOfFeatures(Layer layer, int views) throws IOException {
        ClassifierOptions options = options(layer, views);
        try (FrozenFeatures frozen = features(layer)) {
            ClassifierRun run = newRun(options);
            Predictions onFeatures;
            try (Classifier trained = train(frozen, options, run, Progress.SILENT)) {
                onFeatures = trained.predict(dataset.test(), Progress.SILENT);
                run.save(trained);
            }
            try (Classifier stored = Classifier.open(run.folder(), ToyBackbone.ZOO, Compute.cpu(), Progress.SILENT)) {
                Predictions onPixels = stored.predict(dataset.test(), Progress.SILENT);
                for (int i = 0; i < onPixels.size(); i++) {
                    assertArrayEquals(onFeatures.probabilities()[i], onPixels.probabilities()[i], 1e-5);
                }
                cellsAddUp(stored, onPixels, run);
            }
        }
    }

    /** Over all views; the map of one alone would add up to what it says alone. */
    private static void cellsAddUp(Classifier classifier, Predictions predictions, ClassifierRun run) {
        int[] all = {0, 1, 2};
        List<ActivationMap> maps = classifier.evidence(dataset.test(), all);
        double biases = biases(run);
        for (int i : all) {
            double[] p = predictions.probabilities()[i];
            float[] cells = maps.get(i).values();
            double sum = 0;
            for (float cell : cells) {
                sum += cell;
            }
            double logOdds = Math.log(p[1] / p[0]);
            assertEquals(logOdds, sum / cells.length + biases, 1e-3 * Math.max(1, Math.abs(logOdds)));
        }
    }

    private static double biases(ClassifierRun run) {
        Safetensors stored = Safetensors.open(run.folder().resolve("model.safetensors"));
        try (Scope scope = new Scope()) {
            float[] bias = Tensors.floats(stored.tensors().get("out.bias"));
            return bias[1] - bias[0];
        }
    }

    @Test
    void aClassifierOfTheMiddleEndsThere() throws IOException {
        ClassifierOptions options = options(Layer.MIDDLE, 1);
        ClassifierRun run = newRun(options);
        try (FrozenFeatures frozen = features(Layer.MIDDLE)) {
            assertEquals(6, frozen.dimensions());
            try (Classifier trained = train(frozen, options, run, Progress.SILENT)) {
                run.save(trained);
            }
            ClassifierOptions last = options(Layer.LAST, 1);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> ClassifierTrainer.onFeatures(frozen, last, Compute.cpu(), Progress.SILENT))
                    .getMessage();
            assertTrue(message.contains("behind stem") && message.contains("layer body"), message);
        }
        Safetensors stored = Safetensors.open(run.folder().resolve("model.safetensors"));
        assertTrue(stored.names().stream().noneMatch(name -> name.startsWith("body.")));
        try (Scope scope = new Scope()) {
            assertArrayEquals(new long[] {2, 6}, Tensors.shape(stored.tensors().get("out.weight")));
        }
    }

    @Test
    void featuresOfSeveralViewsAreTheirMean() {
        try (FrozenFeatures frozen = features(Layer.MIDDLE)) {
            FeatureArray mean = frozen.mean(dataset.test(), 3);
            float[][] views = new float[3][];
            for (int view = 0; view < 3; view++) {
                views[view] = FeatureArray.of(frozen.of(dataset.test(), Symmetry.of(view)))
                        .values();
            }
            for (int k = 0; k < mean.values().length; k++) {
                assertEquals((views[0][k] + views[1][k] + views[2][k]) / 3, mean.values()[k], 1e-6f);
            }
        }
    }

    @Test
    void theLogHasEachL2ThatWasTriedAndTheLayerLast() throws IOException {
        ClassifierOptions options = options(Layer.MIDDLE, 2);
        try (FrozenFeatures frozen = features(Layer.MIDDLE)) {
            ClassifierRun run = newRun(options);
            train(frozen, options, run, Progress.SILENT).close();
            List<ProbeStats> lines = JsonObject.readLines(run.folder().resolve("stats.jsonl")).stream()
                    .map(line -> line.as(ProbeStats.class))
                    .toList();
            List<ProbeStats> tried = lines.subList(0, lines.size() - 1);
            ProbeStats layer = run.fit().orElseThrow();
            assertTrue(run.epochs().isEmpty());
            assertTrue(tried.size() >= 4, lines.toString());
            assertTrue(tried.stream().allMatch(each -> each.trainLoss().isEmpty()));
            ProbeStats best = tried.stream()
                    .filter(each -> each.l2() == layer.l2())
                    .findFirst()
                    .orElseThrow();
            assertEquals(best.heldOutLoss(), layer.heldOutLoss());
            assertTrue(tried.stream()
                    .allMatch(each -> each.heldOutLoss().orElseThrow()
                            >= best.heldOutLoss().orElseThrow()));
            assertTrue(layer.converged() && layer.validationLoss().isPresent(), layer.toString());
        }
    }

    @Test
    void aFitThatWasStoppedStartsAgainAndComesOutTheSame() throws IOException {
        ClassifierOptions options = options(Layer.MIDDLE, 2);
        try (FrozenFeatures frozen = features(Layer.MIDDLE)) {
            ClassifierRun straight = newRun(options);
            try (Classifier trained = train(frozen, options, straight, Progress.SILENT)) {
                straight.save(trained);
            }
            ClassifierRun stopped = newRun(options);
            assertThrows(InterruptedRunException.class, () -> train(frozen, options, stopped, new StopAfter(TASK, 2)));
            assertEquals(
                    2,
                    Files.readAllLines(stopped.folder().resolve("stats.jsonl")).size());
            try (Classifier trained = train(frozen, options, stopped, Progress.SILENT)) {
                stopped.save(trained);
            }
            assertArrayEquals(
                    Files.readAllBytes(straight.folder().resolve("model.safetensors")),
                    Files.readAllBytes(stopped.folder().resolve("model.safetensors")));
            assertEquals(
                    Files.readAllLines(straight.folder().resolve("stats.jsonl")).size(),
                    Files.readAllLines(stopped.folder().resolve("stats.jsonl")).size());
        }
    }

    @Test
    void whatAnEarlierVersionBeganIsNotTrainedOn() throws IOException {
        ClassifierRun run = newRun(options(Layer.MIDDLE, 1));
        Path file = run.folder().resolve("config.json");
        ObjectNode config = (ObjectNode) Json.readTree(file);
        ((ObjectNode) config.get("options")).remove("probe");
        Json.write(file, config);
        ClassifierRun earlier = ClassifierRun.open(run.folder());
        ClassifierOptions options = earlier.config().options();
        assertTrue(EarlierProbe.isIn(options));
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> earlier.requireSame(
                                dataset.training(), ToyBackbone.ARCHITECTURE, options, Optional.of(weights)))
                .getMessage();
        assertTrue(message.startsWith(run.folder() + " was") && message.contains("--freeze was another"), message);
        JsonNode again = Json.convert(options, JsonNode.class);
        assertTrue(!again.has("probe"), "an old file is written as it was");
    }
}
