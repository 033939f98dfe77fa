package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** Experiments on one small set of phantoms, with a frozen network that has learned nothing and tiny generators. */
final class PhantomExperiment {
    /** A network that computes a tenth of what the usual one does, for experiments that any network serves. */
    static final Architecture LIGHT = BackboneZoo.STANDARD.named("mobilenet-v2").orElseThrow();

    private static final PhantomOptions LESIONS = new PhantomOptions(24, 14, 0.1, 80, 3);

    private final Path folder;
    private final Architecture network;
    private final Dataset dataset;
    private final PretrainedWeights weights;

    /** @param folder empty, receives the phantoms, what is prepared of them and the weights */
    PhantomExperiment(Path folder) throws IOException {
        this(folder, LESIONS);
    }

    PhantomExperiment(Path folder, PhantomOptions lesions) throws IOException {
        this(folder, lesions, BackboneZoo.STANDARD.first());
    }

    PhantomExperiment(Path folder, Architecture network) throws IOException {
        this(folder, LESIONS, network);
    }

    PhantomExperiment(Path folder, PhantomOptions lesions, Architecture network) throws IOException {
        this.folder = folder;
        this.network = network;
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, lesions, Progress.SILENT);
        PreparationOptions usual = PreparationOptions.of(source, folder.resolve("dataset"));
        Preparation.run(
                PreparationOptions.of(source, usual.out())
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .grouping(usual.grouping())
                        .partNames(usual.partNames())
                        .spanning(usual.spanning())
                        .sizes(List.of(16, 75))
                        .fit(usual.fit())
                        .test(0.25)
                        .validation(0.2)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        dataset = Dataset.open(usual.out());
        weights = RandomWeights.in(folder, network, network.deepest());
    }

    Dataset dataset() {
        return dataset;
    }

    int benign() {
        return dataset.training().counts()[0];
    }

    int malignant() {
        return dataset.training().counts()[1];
    }

    static ExperimentOptions options(List<Arm> arms, List<Long> seeds, boolean resplit) {
        ClassifierOptions classifier = ClassifierOptions.paper()
                .with()
                .size(75)
                .epochs(3)
                .batch(8)
                .freeze(true)
                .selection(Selection.BEST)
                .build();
        return ExperimentOptions.DEFAULTS
                .with()
                .arms(arms)
                .seeds(seeds)
                .resplit(resplit)
                .additions(new Additions(null, 1, false))
                .keepModels(false)
                .generators(Map.of("dcgan", generator()))
                .classifier(classifier)
                .build();
    }

    static GeneratorSpec<DcganOptions> generator() {
        return tiny(Dcgan.FAMILY, 4);
    }

    static GeneratorSpec<DcganOptions> tiny(ModelFamily<DcganOptions> family, int width) {
        return family.preset(Preset.PAPER)
                .common(common -> common.size(16).batch(8).epochs(2).snapshotEvery(1))
                .own(own -> own.with().latent(10).width(width).kernel(4).build());
    }

    Results run(Path out, ExperimentOptions options, boolean resume) throws IOException {
        return run(out, options, resume, 1);
    }

    Results run(Path out, ExperimentOptions options, boolean resume, int jobs) throws IOException {
        return run(out, options, resume, jobs, Progress.SILENT);
    }

    Results run(Path out, ExperimentOptions options, boolean resume, int jobs, Progress progress) throws IOException {
        try (PretrainedNetworks networks = networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), resume)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, progress);
            // Two epochs teach a generator nothing; what becomes of such a one has a test of its own.
            experiment.acceptBadGenerator();
            return experiment.run(jobs);
        }
    }

    PretrainedNetworks networks() {
        return networks(Progress.SILENT);
    }

    PretrainedNetworks networks(Progress progress) {
        return new PretrainedNetworks(
                new BackboneZoo(List.of(network)),
                Optional.of(weights),
                Optional.empty(),
                Optional.of(folder.resolve("features")),
                Compute.cpu(),
                progress);
    }

    static ArmResult arm(Results of, String word, long seed) {
        return of.arms().stream()
                .filter(arm -> arm.name().equals(word) && arm.seed() == seed)
                .findFirst()
                .orElseThrow();
    }

    static List<String> trainingIds(Path of, ArmResult arm) throws IOException {
        return Files.readAllLines(of.resolve(arm.folder()).resolve("training-ids.txt"));
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
