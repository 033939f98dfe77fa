package org.lesionforge.cli.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Snapshot;
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

    @Mixin
    ComputeOptions computing;

    @Parameters(paramLabel = "RUN", description = "Folder of a GAN run.")
    Path run;

    @Option(names = "--count", required = true, paramLabel = "N", description = "How many images.")
    Integer count;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
    Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the latents.")
    long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps from noise to an image, of families that draw in steps. Default: the run's.")
    Integer steps;

    @Option(
            names = "--guidance",
            paramLabel = "W",
            description = "Weight of the class, of conditional families with guidance: 1 as learned, above 1 more "
                    + "typical images. Default: the run's.")
    Double guidance;

    @Mixin
    DrawnClassOption classOption;

    @Mixin
    SnapshotOptions snapshots;

    private final GeneratorZoo zoo;

    GanSampleCommand(Zoos zoos) {
        zoo = zoos.generators();
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.guard(
                common, "the set is not whole: remove " + out + ", and run the same command again", this::draw);
    }

    private int draw(Progress progress) throws IOException {
        computing.apply();
        if (count < 1) {
            throw new ParameterException(common.command.commandLine(), "--count must be at least 1, got " + count);
        }
        GeneratorRun gan = GeneratorRun.open(InnerFolder.GAN.in(run, common), zoo, progress);
        LearnedClasses.Drawable drawn = common.usage(() -> classOption.of(gan));
        Snapshot chosen = snapshots.of(gan);
        OutputFolder.requireFree(out);
        String name = gan.folder().toAbsolutePath().normalize().getFileName().toString();
        Map<String, Object> drawing = drawing();
        SyntheticWriter writer = new SyntheticWriter(gan, drawn, chosen, seed, computing.compute(), progress);
        common.usage(() -> writer.drawing(drawing)).write(out, name, count);
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("out", out.toString());
            result.put("count", count);
            result.put("class", drawn.name());
            result.put("snapshot", chosen.epoch());
            result.put("weights", chosen.weights());
            result.put("seed", seed);
            result.putAll(drawing);
            common.printJson(result);
        } else {
            common.print(count + " images of class " + drawn.name() + " from " + chosen + " in " + out);
        }
        return ExitCode.DONE;
    }

    /** What is to be otherwise than in the run's options, by their names. */
    private Map<String, Object> drawing() {
        Map<String, Object> drawing = new LinkedHashMap<>();
        Optional.ofNullable(steps).ifPresent(value -> drawing.put("steps", value));
        Optional.ofNullable(guidance).ifPresent(value -> drawing.put("guidance", value));
        return drawing;
    }
}
