package org.lesionforge.cli.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.classifier.ClassifierOptionsMixin;
import org.lesionforge.cli.common.ArchitectureConverter;
import org.lesionforge.cli.common.CheckpointOptions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.cli.common.ServeOptions;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.cli.config.Records;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.data.Dataset;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.PretrainedGenerator;
import org.lesionforge.experiment.Protocol;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.run.Budget;
import org.lesionforge.run.RunLayout;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code experiment DATASET --out RUN} */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        modelTransformer = GanPrefix.class,
        description =
                "Trains classifiers on the original data and on data balanced in other ways, tests all on the same real "
                        + "images, says whether any difference is more than chance, and writes every table and figure "
                        + "of the paper.")
@Records({
    "options.gan.seed",
    "options.generators.*.seed",
    "options.classifier.seed",
    "options.classifier.class_weights=false",
    "options.classifier.epoch_images=0",
    "options.classifier.probe.fit=logistic",
    "external.*.class_name",
    "external.*.images",
    "computed.device"
})
public final class ExperimentCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    ClassifierOptionsMixin classifier;

    @Mixin
    ArmsMixin arms;

    @Mixin
    QualityOptions quality;

    @Mixin
    CheckpointOptions checkpoints;

    @Mixin
    ServeOptions serving;

    /** Its options are added by {@link GanPrefix}. */
    final GanOptionsMixin gan = new GanOptionsMixin("--gan-");

    @Parameters(paramLabel = "DATASET", description = "A prepared data set.")
    Path dataset;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder to make.")
    Path out;

    @Option(
            names = FastArguments.NAME,
            description = "Minutes instead of a day on a CPU. Stands for " + FastArguments.IN_FULL
                    + "; each of them can be given otherwise.")
    boolean fast;

    @Option(
            names = "--protocol",
            paramLabel = "paper|strict",
            defaultValue = "strict",
            description =
                    "paper: no validation part, last snapshot, last epoch, the recipe paper; strict: snapshot chosen on "
                            + "validation, the recipe strong (with the recipe paper the epoch is chosen there, too).")
    Protocol protocol;

    @Option(
            names = "--budget",
            paramLabel = "steps|epochs",
            description =
                    "What is equal in the training of all arms: optimiser steps, or epochs of real images. Default: steps with "
                            + "--protocol strict, epochs with paper. Not with --freeze, which has neither.")
    Budget budget;

    @Option(
            names = "--weights",
            paramLabel = "FILE|NAME",
            showDefaultValue = Visibility.NEVER,
            description = "Pretrained weights that classifiers start from: a file (safetensors, .pth) or a name of "
                    + "'weights list'; once for each of several classifiers. Default: random ones.")
    List<Path> weights = List.of();

    @Option(
            names = "--classifiers",
            paramLabel = "NAME",
            split = ",",
            converter = ArchitectureConverter.class,
            completionCandidates = ArchitectureConverter.Names.class,
            showDefaultValue = Visibility.NEVER,
            description = "Train every arm with each of these networks: ${COMPLETION-CANDIDATES}. Arms are compared "
                    + "within a network. Default: that of the weights, else the first.")
    List<Architecture> classifiers = List.of();

    /** What a resumed run of several families recorded of each, which one option for all could not say. */
    @Option(names = "--recorded-generators", hidden = true, paramLabel = "FILE")
    Path recordedGenerators;

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "LIST",
            defaultValue = "0",
            converter = SeedsConverter.class,
            description =
                    "Every arm is trained once with each: 0..4, or 0,1,7. The GAN is trained once, with the first.")
    List<Long> seeds;

    @Option(names = "--resplit", description = "Divide the images anew with each seed, and train a GAN on each split.")
    boolean resplit;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "For small sets: divide all images into K folds by group, train a GAN and every arm for each on"
                            + " the others, and pool the predictions, so that each image is tested once. Default: the data"
                            + " set's own test part.")
    Integer folds;

    @Option(
            names = "--ensemble",
            description = "Report the mean prediction of all seeds, too, as one more classifier of each arm. Needs "
                    + "several seeds of one split; may be added with --resume.")
    boolean ensemble;

    @Option(
            names = "--dry-run",
            description = "Print the resolved configuration and the estimated time; train nothing.")
    boolean dryRun;

    @RecordedAs("gan_run")
    @Option(
            names = "--gan",
            paramLabel = "RUN",
            split = ",",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Use this GAN, trained before on the same split (checked), instead of training one of its family, "
                            + "for which --gan-* options are not used; once for each of several. Default: train them.")
    List<Path> ganRuns = List.of();

    @RecordedAs("keep_models")
    @Option(
            names = "--models",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Keep every classifier's weights, about 100 MB each. Default: on.")
    boolean models;

    @Option(names = "--no-cache", description = "Neither use nor keep features on disk.")
    boolean noCache;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Train so many classifiers in parallel, if memory allows, each with its share of the cores.")
    int jobs;

    @Option(
            names = "--resume",
            description =
                    "Resume an interrupted experiment, or add arms and seeds: what is finished is kept, and the GAN resumes "
                            + "exactly where it was. DATASET and all options that are not given are the run's own.")
    boolean resume;

    @Option(
            names = "--accept-bad-generator",
            description =
                    "Add the images of a GAN that has not learned (all alike, or nothing like real ones), where the "
                            + "experiment would stop; also with --resume after it did.")
    boolean acceptBadGenerator;

    private final Zoos zoos;

    public ExperimentCommand(Zoos zoos) {
        this.zoos = zoos;
    }

    /** The families that its generators may be of. */
    GeneratorZoo generators() {
        return zoos.generators();
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        OpeningMessages progress = new OpeningMessages(common.progress());
        if (fast) {
            progress.message("--fast stands for " + FastArguments.IN_FULL + "; what is given otherwise counts instead");
        }
        // First, so that invalid options are reported before any file is read, and missing weights before the data set.
        common.checkUsage(() ->
                options(classifier.unsized(protocol.recipe(), protocol.selection(), firstWeights(), seeds.get(0))));
        List<PretrainedWeights> start = weights.stream()
                .map(file -> WeightsCache.ofUser().open(file, "--weights", zoos.backbones(), progress))
                .toList();
        List<TrainedNetwork> networks = common.usage(() -> networks(start));
        ExperimentOptions given = common.usage(() -> options(networks));
        Map<String, Path> folders = common.usage(arms::folders);
        int sideBySide = common.usage(this::jobs);
        CheckpointPolicy policy = common.usage(checkpoints::policy);
        common.checkUsage(quality::check);
        Optional<PretrainedWeights> metricWeights = quality.openWeights(progress);
        List<PretrainedGenerator> pretrained = ganRuns.stream()
                .map(run -> PretrainedGenerator.of(InnerFolder.GAN.in(run, common), generators()))
                .toList();
        Dataset data = Dataset.open(dataset, progress);
        Compute compute = resume ? computing.resumed(new RunLayout(out).config(), progress) : computing.compute();
        FittedBatches batches = new FittedBatches(data.training(), compute, progress);
        Map<String, GeneratorSpec<?>> generators = batches.of(gan, given.generators());
        ExperimentOptions options = given.with()
                .generators(GeneratorChoice.with(pretrained, given.arms(), generators))
                .classifier(batches.of(classifier, given.classifier(), networks, sideBySide)
                        .with()
                        .positive(classifier.positive(data, progress))
                        .build())
                .build();
        ExperimentSession session = new ExperimentSession(
                common,
                zoos.backbones(),
                data,
                options,
                folders,
                networks,
                pretrained,
                noCache ? Optional.empty() : Optional.of(FeatureCache.folderOfUser()),
                quality,
                metricWeights,
                compute,
                progress);
        if (acceptBadGenerator) {
            session.acceptBadGenerator();
        }
        if (dryRun) {
            session.dryRun(sideBySide);
            return ExitCode.DONE;
        }
        return serving.during(out, common, () -> session.run(out, resume, sideBySide, policy));
    }

    private List<TrainedNetwork> networks(List<PretrainedWeights> start) {
        List<TrainedNetwork> chosen = ClassifierChoice.of(classifiers, start, zoos.backbones());
        Optional<String> padding = classifier.padding(architectures(chosen));
        return chosen.stream().map(network -> network.padded(padding)).toList();
    }

    /** All options but those that depend on the data set. */
    private ExperimentOptions options(List<TrainedNetwork> networks) {
        return options(classifier.options(
                architectures(networks), protocol.recipe(), protocol.selection(), firstWeights(), seeds.get(0)));
    }

    private static List<Architecture> architectures(List<TrainedNetwork> networks) {
        return networks.stream().map(TrainedNetwork::architecture).toList();
    }

    private @Nullable Path firstWeights() {
        return weights.isEmpty() ? null : weights.get(0);
    }

    private ExperimentOptions options(ClassifierOptions ofClassifier) {
        requireValidation(ofClassifier.selection());
        requireOwnGenerators();
        if (budget != null) {
            classifier.requireNoneFrozen(List.of("--budget"));
        }
        return ExperimentOptions.DEFAULTS
                .with()
                .arms(arms.arms)
                .seeds(seeds)
                .resplit(resplit)
                .folds(folds)
                .ensemble(ensemble)
                .protocol(protocol)
                .budget(budget == null ? protocol.usualBudget() : budget)
                .additions(arms.additions(protocol))
                .keepModels(models)
                .generators(generatorChoice().of(arms.arms))
                .classifier(ofClassifier)
                .build();
    }

    private GeneratorChoice generatorChoice() {
        return new GeneratorChoice(generators(), gan, seeds.get(0), Optional.ofNullable(recordedGenerators));
    }

    private void requireOwnGenerators() {
        if (folds != null && !ganRuns.isEmpty()) {
            throw new IllegalArgumentException(
                    "--folds and --gan do not go together: every fold needs a generator that has"
                            + " not seen the images that the fold tests, and each image is tested in one of them; leave one of"
                            + " them out");
        }
        if (resplit && !ganRuns.isEmpty()) {
            throw new IllegalArgumentException(
                    "--resplit and --gan do not go together: each seed divides the images anew, and a generator that was"
                            + " trained before has seen images that are tested; leave one of them out");
        }
    }

    private void requireValidation(Selection selection) {
        if (protocol == Protocol.PAPER && selection.needsValidation()) {
            throw new IllegalArgumentException("--select " + selection.word()
                    + " needs a validation part, and with --protocol paper its images are trained on: use --select last"
                    + " or --protocol strict");
        }
    }

    private int jobs() {
        if (jobs < 1) {
            throw new IllegalArgumentException("at least 1 job is needed, got " + jobs);
        }
        return jobs;
    }
}
