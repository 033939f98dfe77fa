package org.lesionforge.gan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.gan.SnapshotChoice.Measured;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;

/** What a run's snapshots were measured at, from {@code metrics.jsonl}. */
record SnapshotMetrics(Path file) {
    /** All metrics of one snapshot, by its last measurement; none when it was not measured. */
    List<Metric> of(Snapshot snapshot) {
        return lines().stream()
                .filter(line -> snapshot(line).equals(snapshot))
                .reduce((first, second) -> second)
                .map(line -> line.objects("metrics").stream()
                        .map(metric -> metric.as(Metric.class))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Every snapshot that was measured against validation images as the last one was, in that order. A run may have been resumed with other
     * features, whose distances are on another scale; the name tells.
     */
    List<Measured> againstValidation() {
        List<Measured> measured = new ArrayList<>();
        for (JsonObject line : lines()) {
            metric(line, MetricKeys.KID_VALIDATION).ifPresent(metric -> measured.add(measured(line, metric)));
        }
        return measured.stream()
                .filter(each ->
                        each.metric().equals(measured.get(measured.size() - 1).metric()))
                .toList();
    }

    private static Measured measured(JsonObject line, Metric metric) {
        return new Measured(
                snapshot(line),
                metric.name(),
                metric.value(),
                metric.ci95() == null ? new Interval(metric.value(), metric.value()) : metric.ci95(),
                line.has("under_alarm") ? line.texts("under_alarm") : List.of(),
                check(line).map(GeneratorCheck::refusals).orElse(List.of()));
    }

    /** The snapshot to use; empty when none was measured against validation images. */
    Optional<SnapshotChoice> choice() {
        return SnapshotChoice.of(againstValidation());
    }

    /** Whether the generator of a snapshot has learned anything, by the last measurement; empty where there is none. */
    Optional<GeneratorCheck> check(Snapshot snapshot) {
        return lines().stream()
                .filter(line -> snapshot(line).equals(snapshot))
                .flatMap(line -> check(line).stream())
                .reduce((first, second) -> second);
    }

    private static Optional<GeneratorCheck> check(JsonObject line) {
        return metric(line, MetricKeys.SPREAD)
                .map(spread -> new GeneratorCheck(
                        spread.value(), value(line, MetricKeys.PRECISION), value(line, MetricKeys.RECALL)));
    }

    private static double value(JsonObject line, String key) {
        return metric(line, key).map(Metric::value).orElse(Double.NaN);
    }

    private static Optional<Metric> metric(JsonObject line, String key) {
        return line.objects("metrics").stream()
                .filter(metric -> metric.text("key").equals(key))
                .findFirst()
                .map(metric -> metric.as(Metric.class));
    }

    /** The snapshot nearest to the validation images; empty when none was measured against them. */
    Optional<Snapshot> nearest() {
        return againstValidation().stream()
                .min(Comparator.comparingDouble(Measured::distance))
                .map(Measured::snapshot);
    }

    /** How many epochs were measured after the one with the nearest snapshot. */
    long epochsSinceNearest() {
        int best = nearest().map(Snapshot::epoch).orElse(Integer.MAX_VALUE);
        return againstValidation().stream()
                .map(measured -> measured.snapshot().epoch())
                .filter(epoch -> epoch > best)
                .distinct()
                .count();
    }

    /** Every line. Those from before there were averages, which do not name their weights, come first and are all of raw ones. */
    private List<JsonObject> lines() {
        List<JsonObject> lines = JsonObject.readLines(file);
        boolean named = lines.stream().anyMatch(SnapshotMetrics::isAverage);
        for (JsonObject line : lines) {
            named |= line.has("weights");
            if (named) {
                line.text("weights");
            }
        }
        return lines;
    }

    private static Snapshot snapshot(JsonObject line) {
        return new Snapshot(line.integer("epoch"), isAverage(line) ? Weights.EMA : Weights.RAW);
    }

    private static boolean isAverage(JsonObject line) {
        return line.has("weights")
                && line.word("weights", Set.of(Weights.RAW.word(), Weights.EMA.word()))
                        .equals(Weights.EMA.word());
    }
}
