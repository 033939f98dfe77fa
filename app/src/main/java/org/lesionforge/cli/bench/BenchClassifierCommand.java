package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.cli.common.ArchitectureConverter;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench classifier NAME features|train} */
@Command(
        name = "classifier",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Runs a classifier's network with random weights on noise: features as a frozen network takes "
                + "them, or training steps of all heads with Adagrad, as classify train takes them.")
final class BenchClassifierCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    NetworkWork network;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            converter = ArchitectureConverter.class,
            completionCandidates = ArchitectureConverter.Names.class,
            description = "The network: ${COMPLETION-CANDIDATES}.")
    Architecture architecture;

    @Parameters(index = "1", paramLabel = "features|train", description = "What to run.")
    NetworkWork.Kind work;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the images. Default: the network's usual one.")
    Integer size;

    @Override
    public Integer call() throws IOException {
        BackboneOptions features =
                new BackboneOptions(architecture, architecture.variants().get(0), 0, false, architecture.deepest());
        int side = size == null ? architecture.side() : size;
        network.run(work, new NetworkWork.Subject(architecture.name(), features, side), common);
        return ExitCode.DONE;
    }
}
