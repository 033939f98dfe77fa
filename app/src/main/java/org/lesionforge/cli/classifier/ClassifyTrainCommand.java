package org.lesionforge.cli.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.cli.common.ArchitectureConverter;
import org.lesionforge.cli.common.CheckpointOptions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.ServeOptions;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.cli.config.Records;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.experiment.TimeEstimate;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code classify train DATASET --out RUN} */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains a classifier on the training part of a data set, synthetic images added or not.")
@Records({
    "images",
    "computed.device",
    "options.class_weights=false",
    "options.epoch_images=0",
    "options.probe.fit=logistic"
})
final class ClassifyTrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    ClassifierOptionsMixin classifier;

    @Mixin
    CheckpointOptions checkpoints;

    @Mixin
    ServeOptions serving;

    @Parameters(paramLabel = "DATASET", description = "A prepared data set; nothing is learned from its test part.")
    Path dataset;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder to make. Nothing is overwritten.")
    Path out;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            converter = ArchitectureConverter.class,
            completionCandidates = ArchitectureConverter.Names.class,
            description =
                    "The network to train: ${COMPLETION-CANDIDATES}; 'classify architectures' says more of them. Default: "
                            + "that of the weights, else the first.")
    @RecordedAs("classifier")
    Architecture architecture;

    @Option(
            names = "--weights",
            paramLabel = "FILE|NAME",
            description = "Pretrained weights to start from: a file (safetensors, .pth) or a name of 'weights list'; "
                    + "random ones unless given.")
    Path weights;

    @Option(
            names = "--add",
            paramLabel = "DIR",
            description = "Synthetic images to add to the training part: as 'gan sample' writes them, or of any other "
                    + "generator, in a folder named after their class. Images of the validation or test part are "
                    + "refused.")
    Path synthetic;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of everything random.")
    long seed;

    @Option(
            names = "--dry-run",
            description = "Print the options, the time (from a few images) and the memory it will take; train nothing.")
    boolean dryRun;

    private final BackboneZoo backbones;

    ClassifyTrainCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.guard(
                common,
                () -> ClassifierRun.isRun(out)
                        ? "resume with: lesionforge classify resume " + out
                        : "nothing was written yet; start again with the same command",
                progress -> dryRun ? run(progress) : serving.during(out, common, () -> run(progress)));
    }

    private int run(Progress progress) throws IOException {
        computing.apply();
        // First, so that invalid options and missing weights are reported before images are read.
        CheckpointPolicy policy = common.usage(checkpoints::policy);
        common.checkUsage(() -> {
            ClassifierOptions unsized = classifier.unsized(Recipe.PAPER, Selection.LAST, weights, seed);
            if (synthetic == null) {
                unsized.synthetic()
                        .requireNone("no synthetic images are among the training images: add some with --add");
            }
            classifier.requireNoneFrozen(checkpoints.given());
        });
        Optional<PretrainedWeights> start = Optional.ofNullable(weights)
                .map(file -> WeightsCache.ofUser().open(file, "--weights", backbones, progress));
        TrainedNetwork network = common.usage(() -> network(start));
        Architecture trained = network.architecture();
        ClassifierOptions given =
                common.usage(() -> classifier.options(List.of(trained), Recipe.PAPER, Selection.LAST, weights, seed));
        Dataset data = Dataset.open(dataset, progress);
        HeldOutPart validation = data.validation();
        ClassifierOptions chosen = given.with()
                .positive(classifier.positive(data, progress))
                .selection(
                        classifier.leavesSelectionOpen(Recipe.PAPER) && validation.size() > 0
                                ? Selection.BEST
                                : given.selection())
                .build();
        ClassifierSession session = new ClassifierSession(
                common, policy, data, Optional.ofNullable(synthetic), network.weights(), progress);
        TrainingImages train = session.images();
        Compute compute = computing.compute();
        ClassifierOptions options = classifier.fitted(
                chosen, ClassifierSpeed.memory(trained, chosen, compute), train.size(), compute, progress);
        ClassifierTrainer trainer = session.trainer(trained, options, compute, progress);
        if (dryRun) {
            progress.message("measuring how fast this machine is");
            print(network, ClassifierPlan.of(trained, options, train, Optional.of(validation), compute));
            return ExitCode.DONE;
        }
        try (FolderLock lock = FolderLock.create(out, ClassifierSession.DOING)) {
            return lock.run(() -> session.train(
                    ClassifierRun.create(
                            out, train, trained, options, network.weights(), Optional.ofNullable(synthetic)),
                    trainer));
        }
    }

    private TrainedNetwork network(Optional<PretrainedWeights> start) {
        Architecture named = architecture(start);
        return new TrainedNetwork(named, start).padded(classifier.padding(List.of(named)));
    }

    private Architecture architecture(Optional<PretrainedWeights> start) {
        if (start.isEmpty()) {
            return architecture == null ? backbones.first() : architecture;
        }
        Architecture pretrained = start.get().architecture();
        if (architecture != null && !architecture.equals(pretrained)) {
            throw new UnusableInputException("--weights " + weights + " are of " + pretrained.name()
                    + ", --architecture names " + architecture.name() + "; leave out one of them");
        }
        return pretrained;
    }

    private void print(TrainedNetwork trained, ClassifierPlan plan) {
        if (common.json) {
            common.printJson(plan);
            return;
        }
        common.print(ClassifierText.of(trained, plan.options(), Optional.ofNullable(weights)));
        common.print(String.format(
                Locale.ROOT,
                "%d images, %d to validate on, %d steps, about %s",
                plan.images(),
                plan.validation(),
                plan.steps(),
                TimeEstimate.words(plan.seconds())));
        common.print("memory of a training step: about " + plan.memoryBytes() / 1_000_000 + " MB");
        common.print("every option: the same command with --json; nothing was trained or written");
    }
}
