package org.lesionforge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Json;
import org.lesionforge.weights.PretrainedWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weights verify FILE} */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Pretrained weights of Inception V3.",
        subcommands = WeightsCommand.Verify.class)
final class WeightsCommand {
    /** What {@code --json} prints. */
    private record Verified(
            String file,
            String network,
            boolean fid,
            String sha256,
            String pooling,
            String input,
            List<Integer> features,
            int classes) {}

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads the whole file and says which network it is and what it can be used for.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        CommonOptions common;

        @Parameters(paramLabel = "FILE", description = "Safetensors file with torchvision's tensor names.")
        Path file;

        @Override
        public Integer call() {
            PretrainedWeights weights = PretrainedWeights.open(file);
            weights.verify();
            List<Integer> features =
                    weights.taps().stream().map(Tap::dimensions).toList();
            if (common.json) {
                common.print(Json.line(new Verified(
                        file.toString(),
                        weights.name(),
                        weights.isFidNetwork(),
                        weights.sha256(),
                        weights.pooling().name(),
                        weights.input().formula(),
                        features,
                        weights.classes())));
            } else {
                common.print("network   " + weights.name() + (weights.isFidNetwork() ? " (FID's own)" : ""));
                common.print("sha256    " + weights.sha256());
                common.print("pooling   " + weights.pooling());
                common.print("input     " + weights.input().formula());
                common.print("features  " + features);
                common.print("classes   " + (weights.classes() == 0 ? "none" : weights.classes()));
            }
            return ExitCode.DONE;
        }
    }
}
