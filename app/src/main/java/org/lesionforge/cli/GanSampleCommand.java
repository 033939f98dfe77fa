package org.lesionforge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.gan.GanRun;
import org.lesionforge.gan.SyntheticWriter;
import org.lesionforge.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code gan sample RUN --count N --out DIR} */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Draws synthetic images: PNG files with their provenance inside, and manifest.csv. The same run, "
                + "snapshot and seed give the same bytes.")
final class GanSampleCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Option(names = "--count", required = true, paramLabel = "N", description = "How many images.")
    Integer count;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
    Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the latents.")
    long seed;

    @Option(
            names = "--snapshot",
            paramLabel = "best|last|EPOCH",
            defaultValue = "best",
            description = "Which snapshot to draw from.")
    String snapshot;

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new ParameterException(common.command.commandLine(), "--count must be at least 1, got " + count);
        }
        GanRun gan = GanRun.open(run);
        int epoch = epoch(gan);
        String name = run.toAbsolutePath().normalize().getFileName().toString();
        new SyntheticWriter(gan, epoch, seed).write(out, name, count);
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("out", out.toString());
            result.put("count", count);
            result.put("class", gan.config().className());
            result.put("snapshot", epoch);
            result.put("seed", seed);
            common.print(Json.pretty(result).stripTrailing());
        } else {
            common.print(
                    count + " images of class " + gan.config().className() + " from epoch " + epoch + " in " + out);
        }
        return ExitCode.DONE;
    }

    private int epoch(GanRun gan) {
        List<Integer> snapshots = gan.snapshots();
        return switch (snapshot) {
            case "best" -> gan.best().epoch();
            case "last" -> snapshots.get(snapshots.size() - 1);
            default -> number(snapshots);
        };
    }

    private int number(List<Integer> snapshots) {
        try {
            return Integer.parseInt(snapshot);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    common.command.commandLine(),
                    "--snapshot must be best, last or one of " + snapshots + ", got " + snapshot);
        }
    }
}
