package org.lesionforge.generator.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Snapshot;

/**
 * Which snapshot to use. The lowest of many uncertain distances is partly chance, so all whose interval overlaps with
 * that of the lowest count as equal (where there are too few images for an interval, all), and of these the latest is
 * taken, which was trained longest. Snapshots under an alarm, and those of a generator that has not learned, are left
 * out. Where that leaves none, those under an alarm count; where that leaves none, all.
 *
 * @param chosen the snapshot
 * @param lowest the one with the lowest distance, which may be the same
 * @param equal how many overlap with it, itself included
 */
record SnapshotChoice(Measured chosen, Measured lowest, int equal) {
    /**
     * A snapshot and how far its images are from the validation images.
     *
     * @param metric name of the distance
     * @param ci95 where the run has none, the distance twice
     * @param alarms that hold at it
     * @param refusals why it has not learned; empty where it has
     */
    record Measured(
            Snapshot snapshot,
            String metric,
            double distance,
            Interval ci95,
            List<String> alarms,
            List<String> refusals) {
        /** Too few images for an interval tell no two apart. */
        private boolean isAsNearAs(Measured other) {
            return !Double.isNaN(distance) && !ci95.isApartFrom(other.ci95);
        }

        private boolean hasLearned() {
            return refusals.isEmpty();
        }

        private boolean isClear() {
            return hasLearned() && alarms.isEmpty();
        }
    }

    /** @param all by distances of one name, in the order of their measurement */
    static Optional<SnapshotChoice> of(List<Measured> all) {
        return among(all, Measured::isClear)
                .or(() -> among(all, Measured::hasLearned))
                .or(() -> among(all, measured -> true));
    }

    private static Optional<SnapshotChoice> among(List<Measured> all, Predicate<Measured> wanted) {
        Comparator<Measured> byDistance = Comparator.comparingDouble(Measured::distance);
        return all.stream().filter(wanted).min(byDistance).map(lowest -> {
            List<Measured> equal = all.stream()
                    .filter(wanted)
                    .filter(each -> each.equals(lowest) || each.isAsNearAs(lowest))
                    .toList();
            // Of raw and averaged weights of one epoch the nearer.
            Measured latest = equal.stream()
                    .max(Comparator.comparingInt(
                                    (Measured each) -> each.snapshot().epoch())
                            .thenComparing(byDistance.reversed()))
                    .orElseThrow();
            return new SnapshotChoice(latest, lowest, equal.size());
        });
    }

    Snapshot snapshot() {
        return chosen.snapshot();
    }

    /** For people. */
    String reason() {
        String reason = chosen.equals(lowest)
                ? String.format(
                        Locale.ROOT, "lowest %s to the validation images: %.3g", chosen.metric(), chosen.distance())
                : String.format(
                        Locale.ROOT,
                        "the latest of %d snapshots that 95 %% intervals of %s do not tell apart: %.3g, the lowest is"
                                + " %.3g of %s",
                        equal,
                        chosen.metric(),
                        chosen.distance(),
                        lowest.distance(),
                        lowest.snapshot());
        List<String> against = new ArrayList<>(chosen.alarms());
        against.addAll(chosen.refusals());
        return against.isEmpty()
                ? reason
                : reason
                        + "; nothing better is there, for every snapshot is under an alarm or has not learned, this one: "
                        + String.join(", ", against);
    }
}
