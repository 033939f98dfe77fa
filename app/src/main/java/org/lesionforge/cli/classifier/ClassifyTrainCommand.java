package org.lesionforge.cli.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierOptions.Selection;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.ModelCard;
import org.lesionforge.cli.common.ArchitectureConverter;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.config.RecordedAs;
import org.lesionforge.cli.config.Records;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.ExternalFolder;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.SyntheticFolder;
import org.lesionforge.data.SyntheticSet;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.experiment.TimeEstimate;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.Progress;
import org.lesionforge.run.EpochStats;
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
@Records({"images", "options.class_weights=false", "options.epoch_images=0"})
final class ClassifyTrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    ClassifierOptionsMixin classifier;

    @Parameters(paramLabel = "DATASET", description = "A prepared data set; nothing is learned from its test part.")
    Path dataset;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder to make. Nothing is overwritten.")
    Path out;

    @Option(
            names = "--classifier",
            paramLabel = "NAME",
            converter = ArchitectureConverter.class,
            completionCandidates = ArchitectureConverter.Names.class,
            description =
                    "The network to train: ${COMPLETION-CANDIDATES}. Default: that of the weights, else the first.")
    @RecordedAs("architecture")
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

    @RecordedAs("selection")
    @Option(
            names = "--select",
            paramLabel = "best|last",
            description =
                    "Keep the epoch with the lowest validation loss, or the last one as the paper does; best, where "
                            + "there is a validation part, unless given.")
    Selection selection;

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
                "an interrupted training leaves no model; to start anew, remove " + out + " or name another --out",
                this::run);
    }

    private int run(Progress progress) throws IOException {
        computing.apply();
        // First, so that invalid options and missing weights are reported before images are read.
        Optional<PretrainedWeights> start = Optional.ofNullable(weights)
                .map(file -> WeightsCache.ofUser().open(file, "--weights", backbones, progress));
        Architecture trained = common.usage(() -> architecture(start));
        ClassifierOptions given = common.usage(
                () -> classifier.options(trained, selection == null ? Selection.LAST : selection, weights, seed));
        Dataset data = Dataset.open(dataset, progress);
        HeldOutPart validation = data.validation();
        ClassifierOptions options = given.with()
                .positive(classifier.positive(data, progress))
                .selection(selection == null && validation.size() > 0 ? Selection.BEST : given.selection())
                .build();
        TrainingImages train =
                synthetic == null ? data.training() : data.training().plus(added(data, progress));
        ClassifierTrainer trainer = start.map(
                        file -> ClassifierTrainer.from(file, options, computing.compute(), progress))
                .orElseGet(() -> ClassifierTrainer.fromScratch(trained, options, computing.compute(), progress));
        trainer.check(train, Optional.of(validation));
        if (dryRun) {
            progress.message("measuring how fast this machine is");
            print(trained, ClassifierPlan.of(trained, options, train, Optional.of(validation), computing.compute()));
            return ExitCode.DONE;
        }
        try (FolderLock lock = FolderLock.create(out, "training in")) {
            return lock.run(() -> train(trainer, trained, train, validation, options, start));
        }
    }

    private Architecture architecture(Optional<PretrainedWeights> start) {
        if (start.isEmpty()) {
            return architecture == null ? backbones.first() : architecture;
        }
        Architecture pretrained = start.get().architecture();
        if (architecture != null && !architecture.equals(pretrained)) {
            throw new IllegalArgumentException("--weights " + weights + " are of " + pretrained.name()
                    + ", --classifier names " + architecture.name() + "; leave out one of them");
        }
        return pretrained;
    }

    private SyntheticSet added(Dataset data, Progress progress) {
        Path folder = InnerFolder.SYNTHETIC.in(synthetic, common);
        if (!ExternalFolder.isExternal(folder)) {
            return SyntheticFolder.open(folder, progress);
        }
        ExternalFolder external = ExternalFolder.open("added", folder, data, progress);
        external.requireNoneOf(List.of(data.validation(), data.test()), progress);
        progress.warn("the " + external.size() + " images of class '" + external.className() + "' in " + folder
                + " are of unknown origin: whether their generator saw images of the validation or test part is not"
                + " known; none of them shows one");
        return external;
    }

    private int train(
            ClassifierTrainer trainer,
            Architecture trained,
            TrainingImages train,
            HeldOutPart validation,
            ClassifierOptions options,
            Optional<PretrainedWeights> start)
            throws IOException {
        ClassifierRun run = ClassifierRun.create(out, train, trained, options, start, Optional.ofNullable(synthetic));
        EpochStats[] epochs = new EpochStats[options.epochs()];
        try (Classifier result = trainer.train(train, Optional.of(validation), stats -> {
            run.log(stats);
            epochs[stats.epoch() - 1] = stats;
        })) {
            run.save(result);
            print(result.card(), epochs[result.card().epoch() - 1]);
        }
        return ExitCode.DONE;
    }

    private void print(Architecture trained, ClassifierPlan plan) {
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

    private void print(ModelCard card, EpochStats chosen) {
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("run", out.toString());
            result.put("classes", card.classes());
            result.put("train", card.train());
            result.put("synthetic", card.synthetic());
            result.put("chosen", chosen);
            common.printJson(result);
            return;
        }
        common.print(String.format(
                Locale.ROOT,
                "%s: trained on %s, %d of them synthetic; kept epoch %d",
                out,
                card.train(),
                card.synthetic(),
                card.epoch()));
        common.print(String.format(
                Locale.ROOT, "training    loss %.4f  accuracy %.4f", chosen.trainLoss(), chosen.trainAccuracy()));
        if (chosen.validationLoss().isPresent()) {
            common.print(String.format(
                    Locale.ROOT,
                    "validation  loss %.4f  accuracy %.4f",
                    chosen.validationLoss().get(),
                    chosen.validationAccuracy().orElseThrow()));
        }
        common.print("see how good it is with: lesionforge classify evaluate " + out + " " + dataset);
    }
}
