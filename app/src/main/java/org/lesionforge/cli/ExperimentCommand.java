package org.lesionforge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.classifier.ClassifierOptions.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.experiment.Arm;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.Protocol;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
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
                "Trains a classifier on the original data and on data balanced with DCGAN images, tests both on the "
                        + "same real images and writes every table and figure of the paper.")
final class ExperimentCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ClassifierOptionsMixin classifier;

    @Mixin
    QualityOptions quality;

    @Mixin
    CheckpointOptions checkpoints;

    /** Its options are added by {@link GanPrefix}. */
    final GanOptionsMixin gan = new GanOptionsMixin();

    @Parameters(paramLabel = "DATASET", description = "A prepared data set.")
    Path dataset;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder to make.")
    Path out;

    @Option(
            names = "--arms",
            paramLabel = "ARM",
            split = ",",
            defaultValue = "none,dcgan",
            converter = WordConverter.OfArm.class,
            description = "none: the data as they are; dcgan: balanced with DCGAN images.")
    List<Arm> arms;

    @Option(
            names = "--protocol",
            paramLabel = "paper|strict",
            defaultValue = "strict",
            description = "paper: no validation part, last snapshot, last epoch; strict: both chosen on validation.")
    Protocol protocol;

    @Option(
            names = "--synthetic",
            paramLabel = "N",
            description = "Synthetic images to add; majority - minority in the training part unless given.")
    Integer synthetic;

    @Option(
            names = "--weights",
            paramLabel = "FILE|NAME",
            description = "Inception V3 weights that classifiers start from: a file (safetensors, .pth) or a name of "
                    + "'weights list'; random unless given.")
    Path weights;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of everything random.")
    long seed;

    @Option(
            names = "--dry-run",
            description = "Print the resolved configuration and the estimated time; train nothing.")
    boolean dryRun;

    @Option(
            names = "--resume",
            description =
                    "Go on with an interrupted experiment: finished steps are skipped, and the GAN goes on exactly where it "
                            + "was.")
    boolean resume;

    @Override
    public Integer call() throws IOException {
        Selection selection = protocol == Protocol.STRICT ? Selection.BEST : Selection.LAST;
        ExperimentOptions options = common.usage(() -> new ExperimentOptions(
                arms, protocol, synthetic, gan.options(seed), classifier.options(selection, weights, seed)));
        ExperimentSession session = new ExperimentSession(
                common,
                Dataset.open(dataset),
                options,
                Optional.ofNullable(weights).map(WeightsCache.ofUser()::open),
                quality);
        if (dryRun) {
            session.dryRun();
            return ExitCode.DONE;
        }
        return session.run(out, resume, common.usage(checkpoints::policy));
    }
}
