package org.lesionforge.cli.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CheckpointOptions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gan resume RUN} */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Resumes an interrupted training from its last checkpoint, with the options that it was "
                + "started with. It comes out as if it had never stopped.")
final class GanResumeCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    CheckpointOptions checkpoints;

    @Parameters(paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Option(names = "--dataset", paramLabel = "DATASET", description = "Where the data set is now, if it has moved.")
    Path dataset;

    @Option(
            names = "--metric-weights",
            paramLabel = "FILE|NAME",
            description = "Where the weights for measuring snapshots are now, if they have moved.")
    Path metricWeights;

    private final Zoos zoos;

    GanResumeCommand(Zoos zoos) {
        this.zoos = zoos;
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        Path inner = InnerFolder.GAN.in(run, common);
        requireOnItsOwn(inner);
        GeneratorRun gan = GeneratorRun.open(inner, zoos.generators(), common.progress());
        if (gan.isFinished()) {
            throw new UnusableInputException(inner + " is finished; draw images from it with: lesionforge gan sample");
        }
        GeneratorConfig.Measuring measuring = gan.config().measuring();
        QualityOptions quality = QualityOptions.of(measuring, metricWeights, zoos);
        Optional<PretrainedWeights> weights = quality.openWeights(common.progress());
        if (measuring != null) {
            quality.requireSame(measuring, weights);
        }
        Dataset data = Dataset.open(dataset == null ? Path.of(gan.config().dataset()) : dataset, common.progress());
        CheckpointPolicy policy = common.usage(checkpoints::policy);
        Compute compute = computing.resumed(Optional.ofNullable(gan.config().computed()), common.progress());
        return new GanSession(common, quality, weights, policy, compute).train(data, gan);
    }

    /** Refuses the GAN of an experiment, since it would be resumed without the experiment's measuring network. */
    private void requireOnItsOwn(Path inner) {
        for (Path around = inner.getParent();
                !inner.equals(run) && around != null && around.startsWith(run);
                around = around.getParent()) {
            if (Files.exists(around.resolve("provenance.json"))) {
                throw new UnusableInputException(inner + " is the GAN of an experiment; resume that, with: lesionforge "
                        + "experiment --out " + around + " --resume");
            }
        }
    }
}
