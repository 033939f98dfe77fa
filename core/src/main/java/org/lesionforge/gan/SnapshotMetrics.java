package org.lesionforge.gan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.gan.SnapshotChoice.Measured;
import org.lesionforge.io.JsonObject;
import org.lesionforge.metric.GeneratorCheck;
import org.lesionforge.metric.Interval;
import org.lesionforge.metric.Metric;

/** What a run's snapshots were measured at, from {@code metrics.jsonl}. */
record SnapshotMetrics(Path file) {
    /** What snapshots are chosen by: the distance to validation images. */
    static final String CHOICE = "kid_validation";

    /** All metrics of one snapshot; none when it was not measured. */
    List<Metric> of(Snapshot snapshot) {
        List<Metric> metrics = new ArrayList<>();
        for (JsonObject line : lines()) {
            if (snapshot(line).equals(snapshot)) {
                line.objects("metrics").forEach(metric -> metrics.add(metric.as(Metric.class)));
            }
        }
        return metrics;
    }

    /** Every snapshot that was measured against validation images, in that order. */
    List<Measured> againstValidation() {
        List<Measured> measured = new ArrayList<>();
        for (JsonObject line : lines()) {
            metric(line, CHOICE).ifPresent(metric -> {
                List<String> against = new ArrayList<>(line.has("under_alarm") ? line.texts("under_alarm") : List.of());
                against.addAll(check(line).refusals());
                measured.add(new Measured(
                        snapshot(line),
                        metric.name(),
                        metric.value(),
                        metric.ci95() == null ? new Interval(metric.value(), metric.value()) : metric.ci95(),
                        List.copyOf(against)));
            });
        }
        return measured;
    }

    /** The snapshot to use; empty when none was measured against validation images. */
    Optional<SnapshotChoice> choice() {
        return SnapshotChoice.of(againstValidation());
    }

    /** Whether the generator of a snapshot has learned anything; all undefined where it was not measured. */
    GeneratorCheck check(Snapshot snapshot) {
        GeneratorCheck check = new GeneratorCheck(Double.NaN, Double.NaN, Double.NaN);
        for (JsonObject line : lines()) {
            check = snapshot(line).equals(snapshot) ? check(line) : check;
        }
        return check;
    }

    private static GeneratorCheck check(JsonObject line) {
        return new GeneratorCheck(value(line, "spread"), value(line, "precision"), value(line, "recall"));
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

    /** Every line; where one names its weights, all do. */
    private List<JsonObject> lines() {
        List<JsonObject> lines = JsonObject.readLines(file);
        if (lines.stream().anyMatch(line -> line.has("weights"))) {
            lines.forEach(line -> line.text("weights"));
        }
        return lines;
    }

    /** Runs written before there were averages do not name the weights. */
    private static Snapshot snapshot(JsonObject line) {
        boolean average = line.has("weights")
                && line.word("weights", Set.of(Weights.RAW.word(), Weights.EMA.word()))
                        .equals(Weights.EMA.word());
        return new Snapshot(line.integer("epoch"), average ? Weights.EMA : Weights.RAW);
    }
}
