package org.lesionforge.cli.generator;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.GeneratorConfig;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.RunSummary;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.io.Progress;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;

/** A GAN's training on the command line, from the beginning or from a checkpoint. */
final class GanSession {
    private final CommonOptions common;
    private final QualityOptions quality;
    private final Optional<PretrainedWeights> metricWeights;
    private final CheckpointPolicy policy;
    private final Compute compute;

    GanSession(
            CommonOptions common,
            QualityOptions quality,
            Optional<PretrainedWeights> metricWeights,
            CheckpointPolicy policy,
            Compute compute) {
        this.common = common;
        this.quality = quality;
        this.metricWeights = metricWeights;
        this.policy = policy;
        this.compute = compute;
    }

    /** Trains {@code run} to its end and prints the result. */
    int train(Dataset data, GeneratorRun run) throws IOException {
        return Interruption.guard(
                common, "resume with: lesionforge gan resume " + run.folder(), progress -> train(data, run, progress));
    }

    private int train(Dataset data, GeneratorRun run, Progress progress) throws IOException {
        GeneratorConfig config = run.config();
        TrainingPart real = config.learned().of(data.training());
        Optional<FeatureReader> extractor = quality.extractor(metricWeights, compute, progress);
        try {
            extractor.ifPresent(FeatureReader::load);
            long start = System.nanoTime();
            Optional<SnapshotJudge> judge = extractor.map(measure -> new SnapshotJudge(
                    measure,
                    config.learned(),
                    real,
                    Optional.of(config.learned().of(data.validation())),
                    config.options().common().size(),
                    progress));
            if (judge.isEmpty()) {
                progress.message(
                        "no --metric-weights: snapshots are not measured, the last one counts as the best, and "
                                + "nothing watches for mode collapse and memorisation");
            }
            RunSummary summary =
                    new GeneratorTrainer(config.options(), policy, compute, progress).train(real, run, judge);
            print(run, summary, (System.nanoTime() - start) / 1e9);
            return ExitCode.DONE;
        } finally {
            extractor.ifPresent(FeatureReader::close);
        }
    }

    private void print(GeneratorRun run, RunSummary summary, double seconds) {
        if (common.json) {
            common.printJson(summary);
            return;
        }
        common.print(String.format(
                Locale.ROOT,
                "%s: %d iterations, %d epochs, %.1f images/s; this start took %.0f s",
                run.folder(),
                summary.iterations(),
                summary.epochs(),
                summary.imagesPerSecond(),
                seconds));
        common.print("best snapshot: " + summary.best().snapshot() + " ("
                + summary.best().reason() + ")");
        if (!summary.alarms().isEmpty()) {
            common.print(
                    summary.alarms().size() + " alarms: see " + run.folder().resolve("alarms.jsonl"));
        }
        common.print("draw images from it with: lesionforge gan sample " + run.folder() + " --count 100 --out DIR"
                + (run.config().learned().drawable().size() > 1 ? " --class NAME" : ""));
    }
}
