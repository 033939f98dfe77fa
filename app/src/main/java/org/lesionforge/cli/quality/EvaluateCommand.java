package org.lesionforge.cli.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.PathConverter;
import org.lesionforge.cli.common.QualityOptions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.FeatureMoments;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.quality.Comparison;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.Measurement;
import org.lesionforge.quality.MetricGroup;
import org.lesionforge.quality.NearestPairs;
import org.lesionforge.quality.source.FeatureFile;
import org.lesionforge.quality.source.Source;
import org.lesionforge.quality.source.StatisticsFile;
import org.lesionforge.weights.PretrainedWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code evaluate REAL FAKE} */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Compares two sets of images: how far the fakes are from the reals, and whether they copy them.",
        footer = {
            "",
            "A set is a folder of images, DATASET:train, DATASET:test/malignant, or a .npy or .npz file of",
            "uint8 images NxHxWx3 or of float features Nxd, or a .npz file with mu and sigma as pytorch-fid",
            "writes it, which allows FID alone."
        })
public final class EvaluateCommand implements Callable<Integer> {
    /** Number of images above which comparing pairs takes minutes. */
    private static final int MANY = 20_000;

    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    QualityOptions quality;

    @Parameters(
            index = "0",
            paramLabel = "REAL",
            converter = PathConverter.OfImageSet.class,
            description = "Real images.")
    String real;

    @Parameters(
            index = "1",
            paramLabel = "FAKE",
            converter = PathConverter.OfImageSet.class,
            description = "Synthetic images.")
    String fake;

    @Option(
            names = "--metrics",
            paramLabel = "METRIC",
            split = ",",
            defaultValue = "fid,kid,prdc,detectability,spectrum,mind,mmd",
            description = "Any of fid, is, kid, prdc, detectability, spectrum, mind, mmd, memorisation.")
    Set<MetricGroup> metrics;

    @Option(
            names = "--match-size",
            paramLabel = "N",
            description = "Bring the reals through NxN first: the size the generator makes.")
    Integer matchSize;

    @Option(
            names = "--train",
            paramLabel = "SET",
            converter = PathConverter.OfImageSet.class,
            description = "For memorisation: the training images. Default: REAL.")
    String training;

    @Option(
            names = "--held-out",
            paramLabel = "SET",
            converter = PathConverter.OfImageSet.class,
            description = "For memorisation: real images that were not trained on.")
    String heldOut;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the random halves and subsets.")
    long seed;

    @Option(names = "--save-features", paramLabel = "FILE.npy", description = "Write the features of FAKE here.")
    Path featuresFile;

    @Option(
            names = "--save-stats",
            paramLabel = "FILE.npz",
            description = "Write mean and covariance of the features of REAL here, mu and sigma as pytorch-fid does; "
                    + "give the file as REAL or FAKE later.")
    Path statisticsFile;

    @Option(names = "--no-cache", description = "Neither use nor keep features on disk.")
    boolean noCache;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write metrics.json here, for spectrum spectrum.csv and spectrum.svg, and for memorisation nearest.csv and "
                            + "nearest.png.")
    Path out;

    /** What {@code --json} prints. */
    private record Result(List<Entry> metrics, List<Missing> missing, List<String> findings, Side real, Side fake) {
        static Result of(Measurement measurement, Source real, Source fake) {
            return new Result(
                    measurement.metrics().entrySet().stream()
                            .map(entry -> Entry.of(entry.getKey(), entry.getValue()))
                            .toList(),
                    measurement.missing().entrySet().stream()
                            .map(entry -> new Missing(entry.getKey(), entry.getValue()))
                            .toList(),
                    measurement.findings(),
                    Side.of(real),
                    Side.of(fake));
        }
    }

    private record Entry(
            String key,
            String name,
            double value,
            @Nullable Double std,
            String recipe,
            @JsonInclude(Include.NON_NULL) @Nullable Interval ci95) {
        static Entry of(String key, Metric metric) {
            return new Entry(key, metric.name(), metric.value(), metric.std(), metric.recipe(), metric.ci95());
        }
    }

    private record Missing(String key, String reason) {}

    private record Side(String source, @Nullable Integer n, List<SkippedFile> skipped, int otherFiles) {
        static Side of(Source source) {
            return new Side(
                    HomePath.shown(source.name()),
                    source.size().isPresent() ? source.size().getAsInt() : null,
                    source.skipped(),
                    source.otherFiles());
        }
    }

    @Option(names = "--weights", paramLabel = "FILE", description = "The same as --metric-weights.")
    void setWeights(Path file) {
        quality.weights = file;
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        if (matchSize != null && matchSize < 1) {
            throw new ParameterException(common.command.commandLine(), "--match-size is at least 1, got " + matchSize);
        }
        if (statisticsFile != null
                && !statisticsFile.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            throw new ParameterException(
                    common.command.commandLine(), "--save-stats writes a .npz file, got " + statisticsFile);
        }
        common.checkUsage(quality::check);
        if (out != null) {
            OutputFolder.requireFree(out);
        }
        Progress progress = common.progress();
        Optional<PretrainedWeights> weights = quality.openWeights(common.progress());
        Map<Path, Dataset> opened = new HashMap<>();
        Function<Path, Dataset> datasets =
                folder -> opened.computeIfAbsent(folder, each -> Dataset.open(each, progress));
        try (Source reals = Source.open(real, datasets, progress);
                Source fakes = Source.open(fake, datasets, progress);
                Source learned = training == null ? reals : Source.open(training, datasets, progress);
                Source unseen = heldOut == null ? null : Source.open(heldOut, datasets, progress);
                FeatureCache cache = FeatureCache.in(FeatureCache.folderOfUser(), progress);
                Comparison comparison = new Comparison(
                        weights.map(file -> reader(file, cache, progress)), Optional.ofNullable(matchSize), seed)) {
            requireFeatures(statisticsFile, "--save-stats", reals);
            requireFeatures(featuresFile, "--save-features", fakes);
            warnOfManyPairs(reals, fakes, progress);
            Comparison.Outcome outcome =
                    comparison.compare(reals, fakes, metrics, learned, Optional.ofNullable(unseen));
            if (featuresFile != null) {
                FeatureFile.write(featuresFile, outcome.fakeFeatures().orElseThrow());
            }
            if (statisticsFile != null) {
                StatisticsFile.write(
                        statisticsFile, FeatureMoments.of(outcome.realFeatures().orElseThrow()));
            }
            Result result = Result.of(outcome.measurement(), reals, fakes);
            if (out != null) {
                Json.write(out.resolve("metrics.json"), result);
                if (outcome.measurement().spectrum().isPresent()) {
                    SpectrumFiles.write(outcome.measurement().spectrum().get(), out);
                }
                if (outcome.pairs().isPresent()) {
                    NearestPairs pairs = outcome.pairs().get();
                    pairs.writeCsv(out.resolve("nearest.csv"));
                    pairs.writeFigure(out.resolve("nearest.png"));
                }
            }
            print(result);
        }
        return ExitCode.DONE;
    }

    /** Checked before features are computed, which takes long. */
    private static void requireFeatures(Path file, String option, Source source) {
        if (file != null && source.statistics().isPresent()) {
            throw new UnusableInputException(source.name() + " is statistics (mu and sigma) already, and " + option
                    + " needs images or features");
        }
    }

    /** Announced before features are computed, which takes long, too. */
    private void warnOfManyPairs(Source reals, Source fakes, Progress progress) {
        long images = (long) reals.size().orElse(0) + fakes.size().orElse(0);
        if (images > MANY && !Set.of(MetricGroup.FID, MetricGroup.IS).containsAll(metrics)) {
            progress.message("kid, prdc and memorisation compare every pair of " + images
                    + " images: twice as many take four times as long; fid and is do not (--metrics fid)");
        }
    }

    private FeatureReader reader(PretrainedWeights weights, FeatureCache cache, Progress progress) {
        return Extractors.reader(
                weights,
                quality.layer(weights),
                quality.resize,
                noCache ? Optional.empty() : Optional.of(cache),
                computing.compute(),
                progress);
    }

    private void print(Result result) {
        if (common.json) {
            common.printJson(result);
            return;
        }
        for (Side side : List.of(result.real(), result.fake())) {
            common.print(
                    side.n() == null
                            ? "statistics " + side.source() + ", of an unknown number of images"
                            : side.n() + " images of " + side.source());
            side.skipped().forEach(file -> common.print("  skipped " + file.path() + ": " + file.reason()));
        }
        result.findings().forEach(finding -> common.print("finding: " + finding));
        for (Entry metric : result.metrics()) {
            String spread = metric.std() == null ? "" : String.format(Locale.ROOT, " ± %.2g", metric.std());
            if (metric.ci95() != null) {
                spread += String.format(
                        Locale.ROOT,
                        " (95 %% %.3f to %.3f)",
                        metric.ci95().low(),
                        metric.ci95().high());
            }
            common.print(String.format(
                    Locale.ROOT, "%-12s %s   %s (%s)", number(metric.value()), spread, metric.name(), metric.recipe()));
        }
        result.missing().forEach(each -> common.print(each.key() + ": not measured: " + each.reason()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.6g", value);
    }
}
