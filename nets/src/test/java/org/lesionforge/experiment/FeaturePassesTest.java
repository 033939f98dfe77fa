package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Part;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.quality.MetricNetwork;
import org.lesionforge.quality.Resize;
import org.lesionforge.run.Budget;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** How many images an experiment sends through its pretrained network: none twice at the same size, whoever asks. */
final class FeaturePassesTest {
    private static final Architecture NETWORK = PhantomExperiment.LIGHT;
    private static final BackboneZoo ZOO = new BackboneZoo(List.of(NETWORK));
    private static final int GAN_SIDE = 16;
    private static final int SNAPSHOTS = 2;

    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static PretrainedWeights weights;

    @BeforeAll
    static void prepare() throws IOException {
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(12, 9, 0, 80, 3), Progress.SILENT);
        Preparation.run(
                PreparationOptions.of(source, folder.resolve("dataset"))
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .sizes(List.of(GAN_SIDE, 75, 224))
                        .test(0.2)
                        .validation(0.25)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        dataset = Dataset.open(folder.resolve("dataset"));
        assertTrue(dataset.validation().ofClass("malignant").size() > 1, "to choose the snapshot by");
        weights = RandomWeights.in(folder, NETWORK, NETWORK.deepest());
    }

    /** With several seeds, each has a split of its own. */
    private static ExperimentOptions options(List<Long> seeds, int size) {
        return new ExperimentOptions(
                List.of(Arm.NONE, Arm.of("dcgan")),
                seeds,
                seeds.size() > 1,
                null,
                false,
                Protocol.STRICT,
                Budget.STEPS,
                new Additions(null, 1, false),
                false,
                Map.of(
                        "dcgan",
                        Dcgan.PAPER
                                .common(common -> common.size(GAN_SIDE)
                                        .batch(4)
                                        .epochs(SNAPSHOTS)
                                        .snapshotEvery(1))
                                .own(own ->
                                        own.with().latent(10).width(4).kernel(4).build())),
                ClassifierOptions.paper()
                        .with()
                        .size(size)
                        .epochs(1)
                        .batch(8)
                        .freeze(true)
                        .selection(Selection.BEST)
                        .build());
    }

    private static final class Passes implements Progress {
        private int images;

        @Override
        public void advance(String task, long done, long total, String detail) {
            if (task.equals("features through " + RandomWeights.NAME) && done == total) {
                images += (int) total;
            }
        }

        @Override
        public void message(String text) {}
    }

    private static int passes(String name, ExperimentOptions options, Optional<MetricNetwork> metric)
            throws IOException {
        Passes passes = new Passes();
        try (PretrainedNetworks networks = new PretrainedNetworks(
                        ZOO,
                        Optional.of(weights),
                        metric,
                        Optional.of(folder.resolve("features-" + name)),
                        Compute.cpu(),
                        passes);
                RunDirectory run = RunDirectory.open(folder.resolve(name), Map.of("options", options), false)) {
            Experiment experiment = new Experiment(dataset, options, networks, run, CheckpointPolicy.DEFAULTS, passes);
            experiment.acceptBadGenerator();
            experiment.run(1);
        }
        return passes.images;
    }

    private static MetricNetwork sameNetwork() {
        return new MetricNetwork(weights, NETWORK.deepest(), Resize.PYTORCH_FID);
    }

    private static int all() {
        return dataset.images().size();
    }

    /** The malignant images of the training and validation part: what measures a GAN at its own size. */
    private static Set<String> measuring(Dataset split) {
        Set<String> ids = new HashSet<>();
        for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
            split.images().stream()
                    .filter(image -> image.part() == part
                            && split.classes().get(image.label()).equals("malignant"))
                    .forEach(image -> ids.add(image.id()));
        }
        return ids;
    }

    /** As many images as there are real ones at each snapshot, and what an arm lacks for each seed. */
    private static int drawn(Dataset split, int seeds) {
        int real = split.training().ofClass("malignant").size();
        int lacking = split.training().ofClass("benign").size() - real;
        return SNAPSHOTS * real + seeds * lacking;
    }

    /**
     * As many of the images that were drawn as there are real ones, to tell them from those; with ten of each, both would be
     * read once more, at one resolution.
     */
    private static int told(Dataset split) {
        int real = split.training().ofClass("malignant").size();
        return Math.min(real, split.training().ofClass("benign").size() - real);
    }

    @Test
    void auditArmsAndMeasuringShareTheImagesOfTheNetworksSize() throws IOException {
        int expected = all() + measuring(dataset).size() + drawn(dataset, 1) + told(dataset);
        assertEquals(expected, passes("own", options(List.of(0L), 224), Optional.empty()));
    }

    @Test
    void splitsAndTheNetworkThatMeasuresShareThemToo() throws IOException {
        Set<String> measuring = new HashSet<>();
        int drawn = 0;
        for (long seed : List.of(0L, 1L)) {
            Dataset split = dataset.resplit(seed);
            measuring.addAll(measuring(split));
            drawn += drawn(split, 1);
        }
        assertEquals(
                all() + measuring.size() + drawn + told(dataset.resplit(0)),
                passes("resplit", options(List.of(0L, 1L), 224), Optional.of(sameNetwork())));
    }

    private static int malignantValidation() {
        return dataset.validation().ofClass("malignant").size();
    }

    /** A classifier of 75 pixels measures whole images at 75 pixels, where the arms have read them. */
    @Test
    void theEstimateCountsWhatIsShared() {
        assertEquals(List.of(all(), 0, measuring(dataset).size()), ahead(options(List.of(0L), 224), Optional.empty()));
        assertEquals(
                List.of(all(), 0, measuring(dataset).size()),
                ahead(options(List.of(0L), 224), Optional.of(sameNetwork())));
        assertEquals(
                List.of(all(), all(), 2 * measuring(dataset).size() - malignantValidation()),
                ahead(options(List.of(0L), 75), Optional.empty()));
        assertEquals(
                List.of(all(), all(), measuring(dataset).size()),
                ahead(options(List.of(0L), 75), Optional.of(sameNetwork())));
    }

    /** What ranks snapshots is the network up to its last layer, wherever the classifiers begin. */
    @Test
    void imagesAreMeasuredByTheWholeNetwork() {
        ClassifierOptions probe = options(List.of(0L), 75)
                .classifier()
                .with()
                .probe(ProbeOptions.behind(ProbeOptions.Layer.MIDDLE))
                .build();
        try (PretrainedNetworks networks = networks(Optional.empty())) {
            assertEquals(
                    96,
                    networks.frozen(networks.trained().get(0), probe).reader().dimensions());
            assertEquals(1280, networks.measuringReader(probe).orElseThrow().dimensions());
            assertEquals(1280, networks.measuringDimensions());
        }
    }

    @Test
    void whatIsTrainedSideBySideIsMeasuredSideBySide() {
        ExperimentOptions frozen = options(List.of(0L, 1L), 75);
        ExperimentOptions all = frozen.with()
                .arms(List.of(Arm.NONE))
                .resplit(false)
                .classifier(frozen.classifier().with().freeze(false).build())
                .build();
        List<String> said = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {
                said.add(text);
            }
        };
        try (PretrainedNetworks networks = new PretrainedNetworks(
                ZOO, Optional.empty(), Optional.empty(), Optional.empty(), Compute.cpu(), Progress.SILENT)) {
            TimeEstimate estimate = TimeEstimate.of(dataset, all, networks, Set.of(), 2, listening);
            assertTrue(estimate.realArmsSeconds() > 0);
            assertEquals(0, estimate.openingSeconds());
            assertEquals(estimate.totalSeconds() + 7, estimate.withOpening(7).totalSeconds(), 1e-9);
        }
        assertTrue(
                said.stream().anyMatch(text -> text.endsWith("images of 75 pixels, 2 in parallel")), said.toString());
    }

    /** Of the audit, the arms, measuring the GAN. */
    private static List<Integer> ahead(ExperimentOptions options, Optional<MetricNetwork> metric) {
        try (PretrainedNetworks networks = networks(metric)) {
            FeaturesAhead ahead = new FeaturesAhead(dataset, options, networks);
            return Stream.of(
                            ahead.audited(),
                            ahead.classified(networks.trained().get(0), false),
                            ahead.measured(List.of("malignant"), GAN_SIDE, 1))
                    .map(Double::intValue)
                    .toList();
        }
    }

    private static PretrainedNetworks networks(Optional<MetricNetwork> metric) {
        return new PretrainedNetworks(
                ZOO, Optional.of(weights), metric, Optional.empty(), Compute.cpu(), Progress.SILENT);
    }
}
