package org.lesionforge.gan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.Json;
import org.lesionforge.metric.Metric;

/** What a run's snapshots were measured at, from {@code metrics.jsonl}. */
record SnapshotMetrics(Path file) {
    /** What snapshots are chosen by: the distance to validation images. */
    static final String CHOICE = "kid_validation";

    /** All metrics of one snapshot; none when it was not measured. */
    List<Metric> of(Snapshot snapshot) {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode line : Json.readLines(file)) {
            if (snapshot(line).equals(snapshot)) {
                line.get("metrics").forEach(metric -> metrics.add(Json.convert(metric, Metric.class)));
            }
        }
        return metrics;
    }

    /** The distance to validation images of every snapshot that has one, in the order of their measurement. */
    Map<Snapshot, Double> distances() {
        Map<Snapshot, Double> distances = new LinkedHashMap<>();
        for (JsonNode line : Json.readLines(file)) {
            for (JsonNode metric : line.get("metrics")) {
                if (metric.get("key").asText().equals(CHOICE)) {
                    distances.put(snapshot(line), metric.get("value").asDouble());
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

    /** Runs written before there were averages do not name the weights. */
    private static Snapshot snapshot(JsonNode line) {
        boolean average = line.path("weights").asText().equals(Weights.EMA.word());
        return new Snapshot(line.get("epoch").asInt(), average ? Weights.EMA : Weights.RAW);
    }
}
