package org.lesionforge.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;

/** Families of generators side by side: what their images are like, and what an arm gained from them. */
final class FamiliesTable {
    private static final List<String> HEADER = List.of(
            "Run",
            "arm",
            "classifier",
            "kernel distance",
            "detectability",
            "matched",
            "copies",
            "gain in ROC AUC",
            "seconds",
            "images");

    private FamiliesTable() {}

    /**
     * One arm that adds a family's images, in one run with one classifier.
     *
     * @param copies share of the drawn images that were dropped as near-copies; empty where nobody counted
     * @param seconds of training one classifier, the mean
     * @param images synthetic ones that it was trained on, the mean
     */
    private record Row(
            Path run,
            String arm,
            String family,
            String classifier,
            Optional<Metric> distance,
            Optional<GeneratedImages> generated,
            OptionalDouble copies,
            Optional<Difference> gain,
            double seconds,
            double images) {
        Optional<Metric> measured(String key) {
            return generated.flatMap(each -> each.metric(key));
        }

        List<String> cells() {
            return List.of(
                    run.toString(),
                    arm,
                    classifier,
                    distance.map(metric -> NumberText.plain(metric.value())).orElse(NumberText.NONE),
                    measured(MetricKeys.DETECTABILITY)
                            .map(DetectabilityText::figure)
                            .orElse(NumberText.NONE),
                    measured(MetricKeys.DETECTABILITY_MATCHED)
                            .map(DetectabilityText::figure)
                            .orElse(NumberText.NONE),
                    copies.isPresent() ? NumberText.fixed(100 * copies.getAsDouble(), 1) + " %" : NumberText.NONE,
                    gain.map(each -> NumberText.signed(each.value(), 4) + ", " + each.interval())
                            .orElse(NumberText.NONE),
                    NumberText.fixed(seconds, 0),
                    NumberText.fixed(images, 0));
        }

        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("run", run.toString());
            json.put("arm", arm);
            json.put("family", family);
            json.put("classifier", classifier);
            json.put("distance", distance);
            json.put("detectability", measured(MetricKeys.DETECTABILITY));
            json.put("detectability_matched", measured(MetricKeys.DETECTABILITY_MATCHED));
            json.put("detectability_control", measured(MetricKeys.DETECTABILITY_CONTROL));
            json.put("copies", copies.isPresent() ? copies.getAsDouble() : null);
            json.put("gain", gain.map(Difference::value).orElse(null));
            json.put("gain_ci95", gain.map(each -> each.comparison().ci95()).orElse(null));
            json.put("seconds", seconds);
            json.put("images", images);
            return json;
        }
    }

    private static List<Row> rows(Map<Path, Results> runs) {
        List<Row> rows = new ArrayList<>();
        runs.forEach((run, all) -> {
            for (Results results : ClassifierResults.of(all)) {
                for (String arm :
                        results.arms().stream().map(ArmResult::name).distinct().toList()) {
                    Arm.generator(arm).ifPresent(generator -> rows.add(row(run, arm, generator, results)));
                }
            }
        });
        return rows;
    }

    private static Row row(Path run, String arm, String family, Results results) {
        List<ArmResult> trained =
                results.arms().stream().filter(each -> each.name().equals(arm)).toList();
        String set = DrawnSet.nameOf(arm).orElse(family);
        Optional<GeneratedImages> generated = results.generated().stream()
                .filter(each -> each.family().equals(set))
                .findFirst();
        return new Row(
                run,
                arm,
                family,
                trained.get(0).classifier(),
                generated.flatMap(each -> each.metric(MetricKeys.KID)).or(() -> ofSnapshot(trained)),
                generated,
                copies(trained),
                Difference.of(results).stream()
                        .filter(each -> each.b().equals(arm) && each.metric().equals(Measure.ROC_AUC.word()))
                        .findFirst(),
                trained.stream().mapToDouble(ArmResult::seconds).average().orElseThrow(),
                trained.stream().mapToInt(ArmResult::synthetic).average().orElseThrow());
    }

    /** What runs of earlier versions know: the distance of the snapshot that the images were drawn from. */
    private static Optional<Metric> ofSnapshot(List<ArmResult> trained) {
        return trained.stream()
                .flatMap(arm -> arm.images().stream())
                .flatMap(images -> images.metrics().stream())
                .filter(metric ->
                        metric.name().startsWith("kid") || metric.name().startsWith("kd"))
                .findFirst();
    }

    private static OptionalDouble copies(List<ArmResult> trained) {
        int drawn = 0;
        int dropped = 0;
        for (ArmResult arm : trained) {
            drawn += arm.images().map(images -> images.gate().drawn()).orElse(0);
            dropped += arm.images().map(images -> images.gate().dropped()).orElse(0);
        }
        return drawn == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) dropped / drawn);
    }

    static List<Map<String, @Nullable Object>> json(Map<Path, Results> runs) {
        return rows(runs).stream().map(Row::json).toList();
    }

    /** Empty where no run has a generator of its own. */
    static String text(Map<Path, Results> runs) {
        List<List<String>> table = new ArrayList<>();
        table.add(HEADER);
        rows(runs).forEach(row -> table.add(row.cells()));
        return table.size() == 1
                ? ""
                : "Generators: detectability is the ROC AUC of a small classifier, real against synthetic (0.5 is the aim);"
                        + " copies are drawn images that were dropped; seconds are those of training a classifier:\n\n"
                        + ExperimentTables.aligned(table) + "\n";
    }
}
