package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.inception.InceptionArchitecture;
import org.lesionforge.backbone.inception.Pooling;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bench inception features|train} */
@Command(
        name = "inception",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Runs Inception V3 with random weights on noise: features as evaluate takes them, from the bytes of "
                        + "images of 299x299 on, or training steps as 'bench classifier inception-v3' takes them.")
final class BenchInceptionCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    NetworkWork network;

    @Parameters(paramLabel = "features|train", description = "What to run.")
    NetworkWork.Kind work;

    @Override
    public Integer call() throws IOException {
        BackboneOptions features = new BackboneOptions(
                InceptionArchitecture.V3, Pooling.FID_2015, 0, false, InceptionArchitecture.MIXED_7C);
        network.run(work, new NetworkWork.Subject("inception", features, InceptionArchitecture.V3.side()), common);
        return ExitCode.DONE;
    }
}
