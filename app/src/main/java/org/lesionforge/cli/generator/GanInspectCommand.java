package org.lesionforge.cli.generator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
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

    private final GeneratorZoo zoo;

    GanInspectCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() {
        GeneratorConfig config =
                GeneratorRun.open(InnerFolder.GAN.in(run, common), zoo).config();
        GeneratorSummary summary = config.options().summary();
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("family", config.family());
            result.put("class", config.className());
            result.put("images", config.images());
            result.put("options", config.options());
            summary.nets().forEach(net -> result.put(net.name(), net.layers().rows()));
            result.put("memory", summary.memory());
            common.printJson(result);
            return ExitCode.DONE;
        }
        common.print("class " + config.className() + ", " + config.images() + " images, batch "
                + config.options().common().batch());
        common.print("");
        ModelSummaryText.lines(summary).forEach(common::print);
        return ExitCode.DONE;
    }
}
