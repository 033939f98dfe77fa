package org.lesionforge.gan;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.metric.Interval;

/**
 * Which snapshot to use. The lowest of many uncertain distances is partly luck, so all whose interval overlaps with that of the lowest count as
 * equal, and of these the latest is taken, which has learned longest. What is under an alarm is left out unless everything is.
 *
 * @param chosen the snapshot
 * @param lowest the one with the lowest distance, which may be the same
 * @param equal how many overlap with it, itself included
 * @param allUnderAlarm whether there was nothing else to choose from
 */
record SnapshotChoice(Measured chosen, Measured lowest, int equal, boolean allUnderAlarm) {
    /**
     * A snapshot and how far its images are from the validation images.
     *
     * @param metric name of the distance: others are not comparable
     * @param ci95 where the run has none, the distance twice
     * @param underAlarm what speaks against it
     */
    record Measured(Snapshot snapshot, String metric, double distance, Interval ci95, List<String> underAlarm) {}

    /** @param all in the order of their measurement; those named otherwise than the last are not comparable with it and left out */
    static Optional<SnapshotChoice> of(List<Measured> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String metric = all.get(all.size() - 1).metric();
        List<Measured> comparable =
                all.stream().filter(each -> each.metric().equals(metric)).toList();
        List<Measured> clear =
                comparable.stream().filter(each -> each.underAlarm().isEmpty()).toList();
        boolean allUnderAlarm = clear.isEmpty();
        Comparator<Measured> byDistance = Comparator.comparingDouble(Measured::distance);
        if (allUnderAlarm) {
            Measured best = comparable.stream().min(byDistance).orElseThrow();
            return Optional.of(new SnapshotChoice(best, best, 1, true));
        }
        Measured lowest = clear.stream().min(byDistance).orElseThrow();
        List<Measured> equal = clear.stream()
                .filter(each -> each.equals(lowest) || each.ci95().overlaps(lowest.ci95()))
                .toList();
        // Of raw and averaged weights of one epoch the nearer.
        Measured latest = equal.stream()
                .max(Comparator.comparingInt((Measured each) -> each.snapshot().epoch())
                        .thenComparing(byDistance.reversed()))
                .orElseThrow();
        return Optional.of(new SnapshotChoice(latest, lowest, equal.size(), false));
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
                        "the latest of %d snapshots whose 95 %% intervals of %s overlap with that of the lowest: %.3g, the"
                                + " lowest is %.3g of %s",
                        equal,
                        chosen.metric(),
                        chosen.distance(),
                        lowest.distance(),
                        lowest.snapshot());
        return reason
                + (allUnderAlarm
                        ? "; EVERY SNAPSHOT IS UNDER AN ALARM, this one: " + String.join(", ", chosen.underAlarm())
                        : "");
    }
}
