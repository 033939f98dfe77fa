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
 * @param epoch of the snapshot
 * @param iteration of the snapshot
 * @param weights raw ones where the line is from before there were averages, and does not say it
 * @param metrics what was measured, with its values
 * @param missing what could not be measured
 * @param alarms that were raised at it
 * @param underAlarm alarms that hold at it, raised there or before; none where version 0.1, which does not write it,
 *     wrote the line
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

    /**
     * Fills in what a line leaves out.
     *
     * @param epoch from 1
     * @param iteration from 1
     * @param weights null means {@link GeneratorWeights#RAW}
     * @param metrics may be none
     * @param missing may be none
     * @param alarms null means none
     * @param underAlarm null means none
     */
    public MeasuredSnapshot {
        weights = weights == null ? GeneratorWeights.RAW : weights;
        alarms = alarms == null ? List.of() : alarms;
        underAlarm = underAlarm == null ? List.of() : underAlarm;
    }

    /**
     * A {@link Metric} by its key, which says what it is against ({@link MetricKeys}).
     *
     * @param key short and stable
     * @param name as in {@link Metric}
     * @param value as in {@link Metric}
     * @param std empty where the metric has none
     * @param recipe as in {@link Metric}
     * @param ci95 empty where none was computed
     */
    public record Measurement(
            String key,
            String name,
            double value,
            Optional<Double> std,
            String recipe,
            @OptionalKey @JsonInclude(Include.NON_ABSENT) Optional<Interval> ci95) {
        /**
         * {@return a metric under a key}
         *
         * @param key one of {@link MetricKeys}
         * @param metric what was measured
         */
        public static Measurement of(String key, Metric metric) {
            return new Measurement(
                    key,
                    metric.name(),
                    metric.value(),
                    Optional.ofNullable(metric.std()),
                    metric.recipe(),
                    Optional.ofNullable(metric.ci95()));
        }

        /** {@return the metric without its key} */
        public Metric metric() {
            return new Metric(name, value, std.orElse(null), recipe, ci95.orElse(null));
        }
    }

    /**
     * A metric that could not be measured, and why.
     *
     * @param key that it would have
     * @param reason for people
     */
    public record Missing(String key, String reason) {}

    /**
     * Every snapshot that was measured, in that order; none where the file is not there. Lines that do not name their
     * weights come first and are all of raw ones.
     *
     * @param file a {@code metrics.jsonl}, or none
     * @return a snapshot for each whole line
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

    /** {@return which snapshot it is} */
    public Snapshot snapshot() {
        return new Snapshot(epoch, weights);
    }

    /**
     * {@return the metric of a key; empty where it was not measured}
     *
     * @param key one of {@link MetricKeys}
     */
    public Optional<Metric> metric(String key) {
        return metrics.stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .map(Measurement::metric);
    }

    /** {@return whether its generator has learned anything; empty where the spread of its images was not measured} */
    public Optional<GeneratorCheck> check() {
        return metric(MetricKeys.SPREAD)
                .map(spread ->
                        new GeneratorCheck(spread.value(), value(MetricKeys.PRECISION), value(MetricKeys.RECALL)));
    }

    private double value(String key) {
        return metric(key).map(Metric::value).orElse(Double.NaN);
    }
}
