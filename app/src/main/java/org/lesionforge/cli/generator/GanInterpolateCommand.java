package org.lesionforge.cli.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.Interpolation;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.run.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gan interpolate RUN --out DIR} */
@Command(
        name = "interpolate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Walks from latent to latent and back to the first: strip.png, a row for each way, and walk.png, "
                + "the same as an animated PNG.")
final class GanInterpolateCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Parameters(paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
    Path out;

    @Option(
            names = "--latents",
            paramLabel = "N",
            defaultValue = "6",
            description = "Latents to come through: the first ones that 'gan sample' draws with this seed.")
    int latents;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Images from one latent to the next.")
    int steps;

    @Option(
            names = "--frame-ms",
            paramLabel = "MS",
            defaultValue = "100",
            description = "How long each image stays in the animation.")
    int milliseconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the latents.")
    long seed;

    @Mixin
    DrawnClassOption classOption;

    @Mixin
    SnapshotOptions snapshots;

    private final GeneratorZoo zoo;

    GanInterpolateCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        Interpolation walk = common.usage(() -> new Interpolation(latents, steps, milliseconds, seed));
        GeneratorRun gan = GeneratorRun.open(InnerFolder.GAN.in(run, common), zoo, common.progress());
        LearnedClasses.Drawable drawn = common.usage(() -> classOption.of(gan));
        Snapshot snapshot = snapshots.of(gan);
        OutputFolder.requireFree(out);
        walk.write(gan, drawn, snapshot, computing.compute(), out);
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("strip", out.resolve(Interpolation.STRIP).toString());
            result.put("animation", out.resolve(Interpolation.ANIMATION).toString());
            result.put("frames", latents * steps);
            result.put("snapshot", snapshot.epoch());
            result.put("weights", snapshot.weights());
            result.put("seed", seed);
            common.printJson(result);
        } else {
            common.print(latents * steps + " images between " + latents + " latents from " + snapshot + ": "
                    + out.resolve(Interpolation.STRIP) + ", " + out.resolve(Interpolation.ANIMATION));
        }
        return ExitCode.DONE;
    }
}
