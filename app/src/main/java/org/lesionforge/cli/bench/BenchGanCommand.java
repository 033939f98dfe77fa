package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.generator.FamilyOption;
import org.lesionforge.cli.generator.GanOptionsMixin;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.training.GeneratorSpeed;
import org.lesionforge.generator.zoo.GeneratorZoo;
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
        description = "Trains a generator for some steps, as gan train does, and throws it away.")
final class BenchGanCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    BenchSteps steps;

    @Mixin
    ComputeOptions computing;

    @Mixin
    FamilyOption family;

    @Mixin
    GanOptionsMixin options;

    /** No data set is asked how many images there are. */
    private static final int LARGEST = 1024;

    private final GeneratorZoo zoo;

    BenchGanCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Option(names = "--roofline", description = NetworkWork.ROOFLINE)
    boolean roofline;

    @Override
    public Integer call() throws IOException {
        GeneratorSpec<?> asked = common.usage(() -> {
            steps.check();
            return options.of(family.of(zoo), 0);
        });
        computing.apply();
        Compute compute = computing.compute();
        GeneratorSpec<?> gan = options.fitted(asked, LARGEST, compute, common.progress());
        Map<String, Object> line = steps.line(
                gan.family().name() + " training step",
                gan.common().size(),
                gan.common().batch(),
                compute,
                compute.precision());
        Map<String, Object> values = gan.values();
        List.of("width", "kernel").forEach(key -> line.computeIfAbsent(key, values::get));
        try (GeneratorSpeed speed = new GeneratorSpeed(gan, compute)) {
            Speed measured = steps.measure(speed::step);
            measured.addTo(line);
            if (roofline) {
                measured.addRoofline(line, gan.summary().gigaflopPerImage(), MatrixSpeed.gigaflops(compute));
            }
        }
        common.print(Json.line(line));
        return ExitCode.DONE;
    }
}
