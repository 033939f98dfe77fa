package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.data.Dataset;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.run.RunLayout.EvidenceMaps;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

final class ClassActivationTest {
    private static final int USUAL_THREADS = Torch.threads();

    @TempDir
    static Path temp;

    static final List<Architecture> ALL = ToyBackbone.ZOO.architectures();

    /** All of the program's but the one that is tried each time. */
    static final List<Architecture> LISTED = BackboneZoo.STANDARD.architectures().stream()
            .filter(architecture -> !ALL.contains(architecture))
            .toList();

    private static Dataset dataset;

    @BeforeAll
    static void prepare() throws Exception {
        Torch.useThreads(1);
        dataset = ColouredSquares.prepare(temp, 8);
    }

    /** Nothing is learned here: the maps of any network add up. */
    private static Classifier classifier(Backbone net) {
        Architecture architecture = net.options().architecture();
        ClassifierOptions options =
                ClassifierOptions.paper().with().size(ColouredSquares.SIDE).build();
        ModelCard card = new ModelCard(
                ModelCard.FORMAT_VERSION,
                architecture.name(),
                dataset.classes(),
                "malignant",
                ColouredSquares.SIDE,
                Fit.CROP,
                net.options().variant().name(),
                architecture.input().formula(),
                null,
                null,
                1,
                Map.of(),
                0,
                "",
                options,
                null);
        return new Classifier(net, card, Optional.empty(), Compute.cpu());
    }

    private static Backbone net(Architecture architecture) {
        return new BackboneOptions(architecture, architecture.variants().get(0), 2, false, architecture.deepest())
                .build(new Seed(3));
    }

    @AfterAll
    static void restore() {
        Torch.useThreads(USUAL_THREADS);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void cellsAddUpToTheLogOdds(Architecture architecture) {
        Backbone net = net(architecture);
        double biases;
        try (Scope scope = new Scope()) {
            float[] bias = Tensors.floats(net.head().bias());
            biases = bias[1] - bias[0];
        }
        try (Classifier classifier = classifier(net)) {
            Predictions predictions = classifier.predict(dataset.test(), Progress.SILENT);
            List<ActivationMap> maps = classifier.evidence(dataset.test(), new int[] {2, 0});
            for (int i = 0; i < 2; i++) {
                double[] p = predictions.probabilities()[i == 0 ? 2 : 0];
                double sum = 0;
                for (float value : maps.get(i).values()) {
                    sum += value;
                }
                double logOdds = Math.log(p[1] / p[0]);
                assertEquals(
                        logOdds, sum / maps.get(i).values().length + biases, 1e-3 * Math.max(1, Math.abs(logOdds)));
            }
        }
    }

    /** Of the networks whose last layer does not read averages, it is said that there is none. */
    @ParameterizedTest
    @FieldSource("LISTED")
    @Tag("slow")
    void soTheyDoOfAnyNetworkThatReadsAverages(Architecture architecture) {
        if (architecture.linearOnAverage()) {
            cellsAddUpToTheLogOdds(architecture);
            return;
        }
        try (Classifier classifier = classifier(net(architecture))) {
            assertFalse(classifier.showsEvidence());
            String message = assertThrows(
                            UnusableInputException.class, () -> classifier.evidence(dataset.test(), new int[] {0}))
                    .getMessage();
            assertTrue(message.startsWith(architecture.title() + " has no class activation"), message);
        }
    }

    @Test
    void whatIsPredictedAndShownWithinATrainingInBfloat16IsFloat32() {
        try (Classifier classifier = classifier(net(ALL.get(0)))) {
            Predictions outside = classifier.predict(dataset.test(), Progress.SILENT);
            float[] map =
                    classifier.evidence(dataset.test(), new int[] {0}).get(0).values();
            float[] features = FeatureArray.of(classifier
                            .features(Progress.SILENT)
                            .extract(dataset.test().at(ColouredSquares.SIDE))
                            .features())
                    .values();
            try (Arithmetic training =
                    Compute.of("cpu", Optional.of(Precision.BFLOAT16)).training()) {
                assertArrayEquals(
                        outside.probabilities()[0],
                        classifier.predict(dataset.test(), Progress.SILENT).probabilities()[0]);
                assertArrayEquals(
                        map,
                        classifier
                                .evidence(dataset.test(), new int[] {0})
                                .get(0)
                                .values());
                assertArrayEquals(
                        features,
                        FeatureArray.of(classifier
                                        .features(Progress.SILENT)
                                        .extract(dataset.test().at(ColouredSquares.SIDE))
                                        .features())
                                .values());
            }
        }
    }

    @Test
    void orangeSpeaksForAndBlueAgainst() {
        RgbImage grey = RgbImage.wrap(4, 4, new byte[3 * 16]);
        RgbImage over = new ActivationMap(2, new float[] {2, -1, 0, 0}).over(grey);
        // The corner of the strongest cell: 0.65 of (230, 80, 0); the other has half the strength.
        assertEquals(150, over.value(0, 0, 0));
        assertEquals(52, over.value(0, 0, 1));
        assertEquals(0, over.value(0, 0, 2));
        assertEquals(0, over.value(3, 0, 0));
        assertEquals(65, over.value(3, 0, 2));
        assertEquals(0, over.value(0, 3, 0));
        assertArrayEquals(
                grey.pixels(), new ActivationMap(1, new float[1]).over(grey).pixels());
        assertThrows(IllegalArgumentException.class, () -> new ActivationMap(2, new float[3]));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void sheetHasFourRowsOfThreePairsAndSaysWhoseMapsTheyAre(Architecture architecture) throws Exception {
        Path file = temp.resolve("sheet.png");
        Backbone net = net(architecture);
        int places = net.summary(ColouredSquares.SIDE)
                .row(architecture.deepest().name())
                .side();
        try (Classifier classifier = classifier(net)) {
            Predictions predictions = classifier.predict(dataset.test(), Progress.SILENT);
            ActivationSheet.write(classifier, dataset.test(), predictions, file);
            RgbImage sheet = ImageDecoder.read(file);
            assertEquals(2 + 6 * 114, sheet.width());
            assertEquals(2 + 4 * 114, sheet.height());
            assertTrue(Files.size(file) < 1_000_000);
            assertEquals(
                    new EvidenceMaps(architecture.title(), places),
                    EvidenceMaps.of(PngText.read(file)).orElseThrow());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ActivationSheet.write(classifier, dataset.validation(), predictions, file));
        }
    }
}
