package org.lesionforge.cli.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.InitialRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.training.GeneratorPlan;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.generator.training.InitialWeights;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gan train DATASET --class malignant --out RUN} */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        modelTransformer = FamilyOptions.class,
        description = "Trains a generator on the training images of one class or several: a DCGAN, or another family.")
@Records({
    "images",
    "title",
    "classes",
    "init.iteration",
    "init.sha256",
    "init.classes",
    "init.split_sha256",
    "computed.device"
})
final class GanTrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    FamilyOption family;

    @Mixin
    GanOptionsMixin gan;

    @Mixin
    QualityOptions quality;

    @Mixin
    CheckpointOptions checkpoints;

    @Mixin
    ServeOptions serving;

    @Parameters(paramLabel = "DATASET", description = "A prepared data set; only its training part is read to train.")
    Path dataset;

    @RecordedAs("class_name")
    @Option(
            names = "--class",
            required = true,
            paramLabel = "NAME[,NAME...]|all",
            description = "The class to learn, or several or all of them. A conditional generator tells them apart; to "
                    + "any other they are one.")
    String className;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder to make. Nothing is overwritten.")
    Path out;

    @Option(
            names = {"--init", "--init-run"},
            paramLabel = "RUN",
            description = "Begin with the weights of another run's last checkpoint, of the same family and nets: all "
                    + "lesions first, then a class.")
    Path init;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of everything random.")
    long seed;

    @Option(
            names = "--dry-run",
            description = "Print the options, the time (from a few steps) and the memory it will take; train nothing.")
    boolean dryRun;

    private final GeneratorZoo zoo;

    GanTrainCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        GeneratorSpec<?> asked = common.usage(() -> gan.of(family.of(zoo), seed));
        CheckpointPolicy policy = common.usage(checkpoints::policy);
        common.checkUsage(quality::check);
        // First, so that missing weights are reported before images are read or the machine is measured.
        Optional<PretrainedWeights> weights = quality.openWeights(common.progress());
        Dataset data = Dataset.open(dataset, common.progress());
        LearnedClasses classes = common.usage(() -> LearnedClasses.of(className, data.training(), asked.conditional()));
        GeneratorSpec<?> learning =
                common.usage(() -> asked.learning(classes.names().size()));
        TrainingPart real = classes.of(data.training());
        GeneratorTrainer.check(real, learning);
        Optional<InitialRun> beginning = beginning(learning, data);
        Compute compute = computing.compute();
        GeneratorSpec<?> options = gan.fitted(learning, real.size(), compute, common.progress());
        if (dryRun) {
            common.progress().message("measuring how fast this machine is");
            print(GeneratorPlan.of(options, real.size(), compute));
            return ExitCode.DONE;
        }
        GeneratorRun run = GeneratorRun.create(out, real, classes, options, weights.map(quality::measuring), beginning);
        GanSession session = new GanSession(common, quality, weights, policy, compute);
        return serving.during(out, common, () -> session.train(data, run));
    }

    private Optional<InitialRun> beginning(GeneratorSpec<?> options, Dataset data) throws IOException {
        if (init == null) {
            return Optional.empty();
        }
        GeneratorRun from = GeneratorRun.open(InnerFolder.GAN.in(init, common), zoo, common.progress());
        InitialRun found = InitialWeights.of(from, options, common.progress()).init();
        String split = data.manifest().split().sha256();
        if (!found.splitSha256().equals(split)) {
            common.progress()
                    .warn(from.folder() + " was trained on another split (" + found.splitSha256()
                            + ") than this data set has (" + split
                            + "): the generator may have seen images of this data set's test part");
        }
        return Optional.of(found);
    }

    private void print(GeneratorPlan plan) {
        if (common.json) {
            common.printJson(plan);
            return;
        }
        SpecText.lines(plan).forEach(common::print);
    }
}
