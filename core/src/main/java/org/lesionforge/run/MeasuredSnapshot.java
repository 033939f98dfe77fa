package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;

/**
 * What a snapshot of a generator was measured at: a line of {@code metrics.jsonl}.
 *
 * @param weights raw ones where the line is from before there were averages, and does not say it
 * @param missing what could not be measured
 * @param alarms that were raised at it
 * @param underAlarm alarms that hold at it, raised there or before; none where version 0.1, which does not write it, wrote the line
 */
public record MeasuredSnapshot(
        int epoch,
        long iteration,
        @OptionalKey GeneratorWeights weights,
        List<Measurement> metrics,
        List<Missing> missing,
        @OptionalKey @JsonInclude(Include.NON_EMPTY) List<Alarm.Kind> alarms,
        @OptionalKey @JsonInclude(Include.NON_EMPTY) List<Alarm.Kind> underAlarm) {
    private static final String WEIGHTS = "weights";

    public MeasuredSnapshot {
        weights = weights == null ? GeneratorWeights.RAW : weights;
        alarms = alarms == null ? List.of() : alarms;
        underAlarm = underAlarm == null ? List.of() : underAlarm;
    }

    /**
     * A {@link Metric} by its key, which says what it is against ({@link MetricKeys}).
     *
     * @param std empty where the metric has none
     * @param ci95 empty where none was computed
     */
    public record Measurement(
            String key,
            String name,
            double value,
            Optional<Double> std,
            String recipe,
            @OptionalKey @JsonInclude(Include.NON_ABSENT) Optional<Interval> ci95) {
        public static Measurement of(String key, Metric metric) {
            return new Measurement(
                    key,
                    metric.name(),
                    metric.value(),
                    Optional.ofNullable(metric.std()),
                    metric.recipe(),
                    Optional.ofNullable(metric.ci95()));
        }

        public Metric metric() {
            return new Metric(name, value, std.orElse(null), recipe, ci95.orElse(null));
        }
    }

    /** A metric that could not be measured, and why. */
    public record Missing(String key, String reason) {}

    /**
     * Every snapshot that was measured, in that order; none where the file is not there. Lines that do not name their weights come first and
     * are all of raw ones.
     *
     * @throws UnusableInputException when the file is damaged, naming the line and the key
     */
    public static List<MeasuredSnapshot> read(Path file) {
        List<MeasuredSnapshot> snapshots = new ArrayList<>();
        List<JsonObject> lines = JsonObject.readLines(file);
        lines.forEach(line -> snapshots.add(line.as(MeasuredSnapshot.class)));
        boolean named = snapshots.stream().anyMatch(snapshot -> snapshot.weights == GeneratorWeights.EMA);
        for (JsonObject line : lines) {
            named |= line.has(WEIGHTS);
            if (named) {
                line.text(WEIGHTS);
            }
        }
        return snapshots;
    }

    public Snapshot snapshot() {
        return new Snapshot(epoch, weights);
    }

    /** Empty where it was not measured. */
    public Optional<Metric> metric(String key) {
        return metrics.stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .map(Measurement::metric);
    }

    /** Whether its generator has learned anything; empty where that was not measured. */
    public Optional<GeneratorCheck> check() {
        return metric(MetricKeys.SPREAD)
                .map(spread ->
                        new GeneratorCheck(spread.value(), value(MetricKeys.PRECISION), value(MetricKeys.RECALL)));
    }

    private double value(String key) {
        return metric(key).map(Metric::value).orElse(Double.NaN);
    }
}
