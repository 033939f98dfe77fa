package org.lesionforge.generator.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lesionforge.generator.run.SnapshotChoice.Measured;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.MeasuredSnapshot.Measurement;
import org.lesionforge.run.Snapshot;

/**
 * What a run's snapshots were measured at.
 *
 * @param file {@code metrics.jsonl}; may be missing
 */
public record SnapshotMetrics(Path file) {
    /** All metrics of one snapshot, by its last measurement; none when it was not measured. */
    List<Metric> of(Snapshot snapshot) {
        return lines().stream()
                .filter(line -> line.snapshot().equals(snapshot))
                .reduce((first, second) -> second)
                .map(line -> line.metrics().stream().map(Measurement::metric).toList())
                .orElse(List.of());
    }

    /**
     * Every snapshot that was measured against validation images as the last one was, in that order. A run may have been resumed with other
     * features, whose distances are on another scale; the name tells.
     */
    List<Measured> againstValidation() {
        List<Measured> measured = new ArrayList<>();
        for (MeasuredSnapshot line : lines()) {
            line.metric(MetricKeys.KID_VALIDATION).ifPresent(metric -> measured.add(measured(line, metric)));
        }
        return measured.stream()
                .filter(each ->
                        each.metric().equals(measured.get(measured.size() - 1).metric()))
                .toList();
    }

    private static Measured measured(MeasuredSnapshot line, Metric metric) {
        return new Measured(
                line.snapshot(),
                metric.name(),
                metric.value(),
                metric.ci95() == null ? new Interval(metric.value(), metric.value()) : metric.ci95(),
                line.underAlarm().stream().map(Alarm.Kind::word).toList(),
                line.check().map(GeneratorCheck::refusals).orElse(List.of()));
    }

    /** The snapshot to use, and why; empty when none was measured against validation images. */
    Optional<SnapshotChoice> choice() {
        return SnapshotChoice.of(againstValidation());
    }

    /** Whether the generator of a snapshot has learned anything, by the last measurement; empty where there is none. */
    Optional<GeneratorCheck> check(Snapshot snapshot) {
        return lines().stream()
                .filter(line -> line.snapshot().equals(snapshot))
                .flatMap(line -> line.check().stream())
                .reduce((first, second) -> second);
    }

    /** {@return the snapshot nearest to the validation images; empty when none was measured against them} */
    public Optional<Snapshot> nearest() {
        return againstValidation().stream()
                .min(Comparator.comparingDouble(Measured::distance))
                .map(Measured::snapshot);
    }

    /** {@return the snapshot to use; empty when none was measured against validation images} */
    public Optional<Snapshot> chosen() {
        return choice().map(SnapshotChoice::snapshot);
    }

    /**
     * {@return how many epochs were measured after the one with the nearest snapshot}
     *
     * @param from epochs up to this one are not counted
     */
    public long epochsSinceNearest(int from) {
        int best = nearest().map(Snapshot::epoch).orElse(Integer.MAX_VALUE);
        return againstValidation().stream()
                .map(measured -> measured.snapshot().epoch())
                .filter(epoch -> epoch > Math.max(best, from))
                .distinct()
                .count();
    }

    private List<MeasuredSnapshot> lines() {
        return MeasuredSnapshot.read(file);
    }
}
