package org.lesionforge.gan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.JsonObject;
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

    /** The distance to validation images of every snapshot that has one, in the order of their measurement. */
    Map<Snapshot, Double> distances() {
        Map<Snapshot, Double> distances = new LinkedHashMap<>();
        for (JsonObject line : lines()) {
            for (JsonObject metric : line.objects("metrics")) {
                if (metric.text("key").equals(CHOICE)) {
                    distances.put(snapshot(line), metric.number("value"));
                }
            }
        }
        return distances;
    }

    /** The snapshot nearest to the validation images; empty when none was measured against them. */
    Optional<Snapshot> nearest() {
        return distances().entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** How many epochs were measured after the one with the nearest snapshot. */
    long epochsSinceNearest() {
        int best = nearest().map(Snapshot::epoch).orElse(Integer.MAX_VALUE);
        return distances().keySet().stream()
                .map(Snapshot::epoch)
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
