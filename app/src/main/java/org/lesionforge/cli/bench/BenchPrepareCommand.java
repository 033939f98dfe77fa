package org.lesionforge.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Version;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench prepare FOLDER} */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Prepares a folder of class folders several times, all of it: reading, decoding, hashing, resampling, "
                        + "splitting, writing. What it makes is deleted.")
final class BenchPrepareCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "FOLDER", description = "Folder with one folder of images per class.")
    Path folder;

    @Option(
            names = {"--size", "--sizes"},
            paramLabel = "PIXELS",
            split = ",",
            defaultValue = "299",
            description = "Sides of the square images to make.")
    List<Integer> sizes;

    @Option(names = "--exact-decode", description = "As prepare takes it.")
    boolean exactDecode;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that decode; all cores unless given.")
    Integer threads;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Runs to take the median of.")
    int runs;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs before these: the Java compiler is at work in them.")
    int warmup;

    @Override
    public Integer call() throws IOException {
        Path temporary = Files.createTempDirectory("lesionforge-bench");
        try {
            PreparationOptions options = options(temporary.resolve("dataset"));
            Speed speed = Speed.measure(warmup, runs, () -> prepareAndDelete(options));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("peer", "lesionforge " + Version.number());
            line.put("work", "prepare");
            line.put("images", speed.images());
            line.put("sizes", options.sizes());
            line.put("exact_decode", exactDecode);
            line.put("workers", options.threads());
            speed.addTo(line);
            common.print(Json.line(line));
            return ExitCode.DONE;
        } finally {
            OutputFolder.delete(temporary);
        }
    }

    private PreparationOptions options(Path out) {
        return common.usage(() -> {
            Speed.requireRuns(warmup, runs);
            PreparationOptions usual = PreparationOptions.of(folder, out);
            return usual.with()
                    .sizes(sizes)
                    .exactDecode(exactDecode)
                    .threads(threads == null ? usual.threads() : threads)
                    .build();
        });
    }

    /** @return how many images were prepared */
    private static int prepareAndDelete(PreparationOptions options) throws IOException {
        int images = Preparation.run(options, Progress.SILENT).images();
        OutputFolder.delete(options.out());
        return images;
    }
}
