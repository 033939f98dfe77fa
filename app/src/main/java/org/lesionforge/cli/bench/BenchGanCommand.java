package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.gan.GanAnatomy;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanSpeed;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.MatrixSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench gan} */
@Command(
        name = "gan",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains a DCGAN for some steps, as gan train does, and throws it away.")
final class BenchGanCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    BenchSteps steps;

    @Mixin
    GanOptionsMixin options;

    @Option(names = "--roofline", description = BenchInceptionCommand.ROOFLINE)
    boolean roofline;

    @Override
    public Integer call() throws IOException {
        GanOptions gan = common.usage(() -> {
            steps.check();
            return options.options(0);
        });
        Compute compute = Compute.best();
        Map<String, Object> line = steps.line("dcgan training step", gan.size(), gan.batch(), compute);
        line.put("width", gan.width());
        line.put("kernel", gan.kernel());
        try (GanSpeed speed = new GanSpeed(gan, compute)) {
            Speed measured = steps.measure(speed::step);
            measured.addTo(line);
            if (roofline) {
                measured.addRoofline(line, GanAnatomy.of(gan).gigaflopPerImage(), MatrixSpeed.gigaflops(compute));
            }
        }
        common.print(Json.line(line));
        return ExitCode.DONE;
    }
}
