package org.lesionforge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.gan.GanOptions;
import org.lesionforge.gan.GanRun;
import org.lesionforge.gan.GanTrainer;
import org.lesionforge.gan.SnapshotJudge;
import org.lesionforge.inception.InceptionExtractor;
import org.lesionforge.io.Json;
import org.lesionforge.io.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gan train DATASET --class malignant --out RUN} */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains a DCGAN on the training images of one class.")
final class GanTrainCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    GanOptionsMixin gan;

    @Mixin
    QualityOptions quality;

    @Parameters(paramLabel = "DATASET", description = "A prepared data set; only its training part is read to train.")
    Path dataset;

    @Option(names = "--class", required = true, paramLabel = "NAME", description = "The class to learn.")
    String className;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder to make. Nothing is overwritten.")
    Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of everything random.")
    long seed;

    @Override
    public Integer call() throws IOException {
        Progress progress = common.progress();
        GanOptions options = common.usage(() -> gan.options(seed));
        Dataset data = Dataset.open(dataset);
        TrainingPart real = data.training().ofClass(className);
        GanTrainer trainer = new GanTrainer(options, progress);
        trainer.check(real);
        Optional<InceptionExtractor> extractor = quality.extractor(common.usage(quality::openWeights), progress);
        long start = System.nanoTime();
        GanRun run = GanRun.create(out, real, className, options);
        Optional<SnapshotJudge> judge = extractor.map(measure -> new SnapshotJudge(
                measure, real, Optional.of(data.validation().ofClass(className)), options.size(), progress));
        if (judge.isEmpty()) {
            progress.message("no --metric-weights: snapshots are not measured and the last one counts as the best");
        }
        GanRun.Summary summary = trainer.train(real, run, judge);
        extractor.ifPresent(InceptionExtractor::close);
        print(run, summary, (System.nanoTime() - start) / 1e9);
        return ExitCode.DONE;
    }

    private void print(GanRun run, GanRun.Summary summary, double seconds) {
        if (common.json) {
            common.print(Json.pretty(summary).stripTrailing());
            return;
        }
        common.print(String.format(
                Locale.ROOT,
                "%s: %d iterations, %d epochs, %.1f images/s, %.0f s in all",
                run.folder(),
                summary.iterations(),
                summary.epochs(),
                summary.imagesPerSecond(),
                seconds));
        common.print("best snapshot: epoch " + summary.best().epoch() + " ("
                + summary.best().reason() + ")");
        common.print("draw images from it with: lesionforge gan sample " + run.folder() + " --count 100 --out DIR");
    }
}
