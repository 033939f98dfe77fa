package org.lesionforge.cli.generator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.gan.GanAnatomy;
import org.lesionforge.gan.GanConfig;
import org.lesionforge.gan.GanRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gan inspect RUN} */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "What a run's nets consist of: layers, parameters, which part of the image each layer sees or "
                + "reaches, and the memory that training takes.")
final class GanInspectCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Override
    public Integer call() {
        GanConfig config = GanRun.open(InnerFolder.GAN.in(run, common)).config();
        GanAnatomy anatomy = GanAnatomy.of(config.options());
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("class", config.className());
            result.put("images", config.images());
            result.put("options", config.options());
            result.put("generator", anatomy.generator().rows());
            result.put("discriminator", anatomy.discriminator().rows());
            result.put("memory", anatomy.memory());
            common.printJson(result);
            return ExitCode.DONE;
        }
        common.print("class " + config.className() + ", " + config.images() + " images, batch "
                + config.options().batch());
        common.print("");
        ModelSummaryText.lines(anatomy).forEach(common::print);
        return ExitCode.DONE;
    }
}
