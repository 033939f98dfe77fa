package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.AugmentedTrainingPart;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** The whole way, on the smallest images the network takes. */
final class ClassifierTest {
    private static final int SIDE = ColouredSquares.SIDE;

    @TempDir
    static Path temp;

    private static final List<EpochStats> EPOCHS = new ArrayList<>();
    private static final int USUAL_THREADS = Torch.threads();

    private static Dataset dataset;
    private static Path run;
    private static Classifier classifier;

    @BeforeAll
    static void prepare() throws IOException {
        Torch.useThreads(1);
        dataset = ColouredSquares.prepare(temp, 16);
        run = temp.resolve("whole");
        ClassifierRun files =
                ClassifierRun.create(run, dataset.training(), BackboneZoo.STANDARD.first(), small(), Optional.empty());
        classifier = ClassifierTrainer.fromScratch(
                        BackboneZoo.STANDARD.first(), small(), Compute.cpu(), Progress.SILENT)
                .train(dataset.training(), Optional.of(dataset.validation()), stats -> {
                    EPOCHS.add(stats);
                    files.log(stats);
                });
        files.save(classifier);
    }

    @AfterAll
    static void free() {
        classifier.close();
        Torch.useThreads(USUAL_THREADS);
    }

    private static ClassifierOptions small() {
        return ClassifierOptions.paper()
                .with()
                .size(SIDE)
                .epochs(3)
                .batch(9)
                .microBatch(5)
                .build();
    }

    private static void assertSame(Predictions expected, Predictions actual) {
        assertEquals(expected.ids(), actual.ids());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.probabilities()[i], actual.probabilities()[i], 0.0, "bit for bit");
        }
    }

    @Test
    void theWholeNetLearnsAndComesBackFromItsFolder() throws IOException {
        assertEquals(3, EPOCHS.size());
        assertTrue(EPOCHS.get(2).trainLoss() < EPOCHS.get(0).trainLoss(), EPOCHS.toString());
        assertTrue(EPOCHS.get(2).validationLoss().orElseThrow() > 0, EPOCHS.toString());
        assertEquals(
                EPOCHS.get(2).trainLoss(),
                Json.readLines(run.resolve("stats.jsonl"))
                        .get(2)
                        .get("train_loss")
                        .asDouble());

        Predictions before = classifier.predict(dataset.test(), Progress.SILENT);
        assertEquals(dataset.test().size(), before.size());
        assertEquals(dataset.test().group(0), before.groups().get(0));
        Classifier loaded = Classifier.open(run, BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT);
        assertSame(before, loaded.predict(dataset.test(), Progress.SILENT));
        Path model = run.resolve("model.safetensors");
        assertEquals(classifier.card().withModel(Sha256.of(model)), loaded.card());
        byte[] weights = Files.readAllBytes(model);
        weights[weights.length - 1] ^= 1;
        Path changed = Files.createDirectory(temp.resolve("changed"));
        Files.write(changed.resolve("model.safetensors"), weights);
        Files.copy(run.resolve("model.json"), changed.resolve("model.json"));
        String refused = assertThrows(
                        UnusableInputException.class,
                        () -> Classifier.open(changed, BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT))
                .getMessage();
        assertTrue(refused.contains("model.safetensors: its SHA-256 does not match"), refused);
        assertEquals(3, loaded.card().epoch());
        assertEquals(dataset.manifest().split().sha256(), loaded.card().splitSha256());

        FeatureExtractor features = loaded.features(Progress.SILENT);
        assertEquals("fd[own-classifier, normalised]", features.distanceName());
        FeatureExtractor.Activations seen = features.extract(dataset.test().at(SIDE));
        assertEquals(dataset.test().size(), seen.features().count());
        assertEquals(2048, seen.features().dimensions());
        double squares = 0;
        for (float value : seen.features().vector(0)) {
            squares += (double) value * value;
        }
        assertEquals(2048, squares, 0.1, "of length √d, so that kernels are those of the cosine");
        assertThrows(
                UnusableInputException.class,
                () -> ClassifierRun.create(
                        run, dataset.training(), BackboneZoo.STANDARD.first(), small(), Optional.empty()));
        loaded.close();
    }

    @Test
    void aHeadOnFrozenFeaturesIsFoldedIntoAnOrdinaryNetwork() throws IOException {
        ClassifierOptions options = small().with().freeze(true).views(2).build();
        Path folder = temp.resolve("frozen");
        try (FrozenFeatures frozen = new FrozenFeatures(
                RandomWeights.in(temp), BackboneZoo.STANDARD.first().deepest(), SIDE, Compute.cpu(), Progress.SILENT)) {
            ClassifierRun run = ClassifierRun.create(
                    folder, dataset.training(), BackboneZoo.STANDARD.first(), options, Optional.of(frozen.weights()));
            Classifier trained = ClassifierTrainer.onFeatures(frozen, options, Compute.cpu(), Progress.SILENT)
                    .train(dataset.training(), Optional.of(dataset.validation()), run, CheckpointPolicy.DEFAULTS);
            ProbeStats fit = run.fit().orElseThrow();
            assertTrue(fit.converged());
            assertEquals(Optional.of(1.0), fit.validationAccuracy());
            assertEquals(RandomWeights.NAME, trained.card().weights());
            assertEquals(0, trained.card().epoch(), "there are none");
            assertEquals(ProbeOptions.LAST, trained.card().options().probe());

            Predictions onFeatures = trained.predict(dataset.validation(), Progress.SILENT);
            assertEquals(1.0, onFeatures.evaluation("malignant").accuracy());
            double loss = new Scores(onFeatures.truth(), onFeatures.probabilities()).loss();
            double said = fit.validationLoss().orElseThrow();
            assertEquals(said, loss, 1e-4, "the layer in the network says what the fit said");

            trained.save(folder);
            Classifier loaded = Classifier.open(folder, BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT);
            Predictions onPixels = loaded.predict(dataset.validation(), Progress.SILENT);
            for (int i = 0; i < onPixels.size(); i++) {
                assertArrayEquals(onFeatures.probabilities()[i], onPixels.probabilities()[i], 1e-4);
            }
            loaded.close();
            trained.close();
        }
    }

    @Test
    void filesAreClassifiedAndUnreadableOnesListed() throws IOException {
        Path folder = temp.resolve("files");
        ColouredSquares.write(folder.resolve("benign/one.png"), false, 200, 7);
        ColouredSquares.write(folder.resolve("malignant/two.png"), true, 80, 7);
        Files.writeString(folder.resolve("malignant/three.png"), "no image");
        FilePredictions known = classifier.predict(ImageFiles.byClass(folder, dataset.classes()), Progress.SILENT);
        assertEquals(
                List.of("benign/one.png", "malignant/two.png"),
                known.predictions().ids());
        assertArrayEquals(new int[] {0, 1}, known.predictions().truth());
        assertEquals("malignant/three.png", known.skipped().get(0).path());
        assertFalse(known.skipped().get(0).reason().isEmpty());
        assertEquals(2, known.predictions().evaluation("malignant").n());

        FilePredictions unknown = classifier.predict(ImageFiles.unlabelled(folder, dataset.classes()), Progress.SILENT);
        assertEquals(Predictions.UNKNOWN, unknown.predictions().truth()[0]);
        assertThrows(IllegalArgumentException.class, () -> unknown.predictions().evaluation("malignant"));
        assertArrayEquals(
                unknown.predictions().probabilities()[1],
                classifier.predict(folder.resolve("malignant/two.png")),
                1e-6);
        assertThrows(UnusableInputException.class, () -> classifier.predict(folder.resolve("malignant/three.png")));
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> ImageFiles.byClass(folder.resolve("benign"), dataset.classes()))
                .getMessage();
        assertTrue(message.contains("[benign, malignant]"), message);
    }

    @Test
    void syntheticImagesJoinTheTrainingPartAlone() throws IOException {
        Path folder = temp.resolve("synthetic");
        for (int i = 0; i < 3; i++) {
            ColouredSquares.write(folder.resolve("malignant/synthetic-run-" + i + ".png"), true, 64, i);
        }
        SyntheticFolder synthetic = SyntheticFolder.open(folder);
        assertEquals("synthetic-run-1", synthetic.id(1));
        assertEquals("malignant", synthetic.className());
        AugmentedTrainingPart train = dataset.training().plus(synthetic.first(2));
        assertEquals(dataset.training().counts()[1] + 2, train.counts()[1]);
        byte[] pixels = new byte[3 * SIDE * SIDE];
        train.read(train.size() - 1, SIDE, pixels, 0);
        int centre = 3 * (SIDE / 2 * SIDE + SIDE / 2);
        assertTrue((pixels[centre] & 0xFF) > (pixels[centre + 1] & 0xFF), "red");
        assertThrows(UnusableInputException.class, () -> synthetic.first(4));
        assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(folder.resolve("nowhere")));
        ColouredSquares.write(folder.resolve("benign/synthetic-run-9.png"), false, 64, 9);
        String message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(folder))
                .getMessage();
        assertTrue(message.contains("[benign, malignant]"), message);
    }

    @Test
    void whatCannotBeTrainedSaysWhy() throws IOException {
        assertThrows(
                IllegalArgumentException.class,
                () -> ClassifierTrainer.fromScratch(
                        BackboneZoo.STANDARD.first(),
                        small().with().freeze(true).build(),
                        Compute.cpu(),
                        Progress.SILENT));
        assertThrows(
                IllegalArgumentException.class, () -> small().with().size(0).build());
        ClassifierOptions tooSmall = small().with().size(74).build();
        String size = assertThrows(
                        IllegalArgumentException.class,
                        () -> ClassifierTrainer.fromScratch(
                                BackboneZoo.STANDARD.first(), tooSmall, Compute.cpu(), Progress.SILENT))
                .getMessage();
        assertTrue(size.contains("at least 75 pixels, got 74"), size);
        assertThrows(
                IllegalArgumentException.class,
                () -> small().with().microBatch(1).build());
        PretrainedWeights cut = RandomWeights.in(
                temp,
                BackboneZoo.STANDARD.first(),
                BackboneZoo.STANDARD.first().featureLayer(768).orElseThrow());
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> ClassifierTrainer.from(cut, small(), Compute.cpu(), Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("Mixed_6e") && message.contains("--weights"), message);
        ClassifierTrainer trainer = ClassifierTrainer.fromScratch(
                BackboneZoo.STANDARD.first(),
                small().with().positive("melanoma").build(),
                Compute.cpu(),
                Progress.SILENT);
        message = assertThrows(
                        UnusableInputException.class,
                        () -> trainer.train(dataset.training(), Optional.empty(), any -> {}))
                .getMessage();
        assertTrue(message.contains("melanoma") && message.contains("malignant"), message);
        ClassifierTrainer choosy = ClassifierTrainer.fromScratch(
                BackboneZoo.STANDARD.first(),
                small().with().selection(Selection.BEST).build(),
                Compute.cpu(),
                Progress.SILENT);
        assertThrows(UnusableInputException.class, () -> choosy.train(dataset.training(), Optional.empty(), any -> {}));
        ClassifierTrainer oneClass =
                ClassifierTrainer.fromScratch(BackboneZoo.STANDARD.first(), small(), Compute.cpu(), Progress.SILENT);
        assertThrows(
                UnusableInputException.class,
                () -> oneClass.train(dataset.training().ofClass("benign"), Optional.empty(), any -> {}));
        assertThrows(
                UnusableInputException.class,
                () -> Classifier.open(temp.resolve("nowhere"), BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT));
    }

    @Test
    void predictionsAreWrittenAndCompared() throws IOException {
        Predictions predictions = new Predictions(
                List.of("benign", "malignant"),
                List.of("a", "b,c"),
                List.of("g1", "g1"),
                new int[] {0, Predictions.UNKNOWN},
                new double[][] {{0.25, 0.75}, {1, 0}});
        Path file = temp.resolve("predictions.csv");
        predictions.writeCsv(file);
        assertEquals(
                List.of(
                        "id,group,truth,prediction,p_benign,p_malignant",
                        "a,g1,benign,malignant,0.25000000,0.75000000",
                        "\"b,c\",g1,,benign,1.00000000,0.00000000"),
                Files.readAllLines(file));
        Predictions labelled = new Predictions(
                List.of("benign", "malignant"),
                List.of("a", "b", "c"),
                List.of("a", "b", "c"),
                new int[] {0, 1, 1},
                new double[][] {{0.25, 0.75}, {0.4, 0.6}, {0.9, 0.1}});
        ClassificationEvaluation evaluation = labelled.evaluation("malignant");
        assertArrayEquals(new int[] {0, 1}, evaluation.confusion()[0]);
        assertArrayEquals(new int[] {1, 1}, evaluation.confusion()[1]);
        assertEquals(0.0, evaluation.rocAuc(), "the benign image has the highest score");
    }

    /** What model.json says is checked before anything is predicted with it. */
    @Test
    void aCardOfAnotherNetworkIsRefused() throws IOException {
        for (String[] change : new String[][] {
            {"\"inception-v3\"", "\"inception-v9\"", "describes a inception-v9, this program reads inception-v3"},
            {"\"INCLUDE_PADDING\"", "\"MOST_PADDING\"", "FID_2015], got 'MOST_PADDING'"},
            {"\"x/127.5-1\"", "\"x/255\"", "got x/255"},
            {"\"size\" : " + SIDE + ",", "\"size\" : 74,", "Inception V3 needs images of at least 75 pixels, got 74"}
        }) {
            Path copy = temp.resolve("card-" + change[1].replaceAll("\\W", ""));
            Files.createDirectories(copy);
            String card = Files.readString(run.resolve("model.json"));
            assertTrue(card.contains(change[0]), card);
            Files.writeString(copy.resolve("model.json"), card.replaceFirst(Pattern.quote(change[0]), change[1]));
            Files.copy(run.resolve("model.safetensors"), copy.resolve("model.safetensors"));
            String message = assertThrows(
                            UnusableInputException.class,
                            () -> Classifier.open(copy, BackboneZoo.STANDARD, Compute.cpu(), Progress.SILENT))
                    .getMessage();
            assertTrue(message.contains(change[2]), message);
        }
    }
}
