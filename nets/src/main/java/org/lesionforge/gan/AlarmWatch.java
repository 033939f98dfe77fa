package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Alarm;

/**
 * Checks the losses and the snapshots for silent failures of a GAN. Each alarm is raised once, and again only after its
 * cause has disappeared and returned.
 */
final class AlarmWatch {
    /** Its state. */
    record State(Contest contest, Variety variety, Copies copies) {}

    private final double largestGap;
    private State state = new State(Contest.START, Variety.START, Copies.START);

    AlarmWatch(GanOptions options) {
        largestGap = 1 - options.remedies().labelSmoothing();
    }

    State state() {
        return state;
    }

    void restore(State earlier) {
        state = earlier;
    }

    /** Called after every iteration. */
    Optional<Alarm> see(GanStep.Outcome outcome, long iteration) {
        if (outcome.skipped()) {
            return Optional.empty();
        }
        Contest contest = state.contest.after(outcome, iteration, largestGap);
        state = new State(contest, state.variety, state.copies);
        return contest.alarm(iteration, largestGap);
    }

    /** Called after every snapshot that was measured. */
    List<Alarm> see(SnapshotJudge.Verdict verdict, long iteration) {
        List<Alarm> alarms = new ArrayList<>();
        Map<String, Metric> metrics = verdict.metrics();
        Metric spread = metrics.get(MetricKeys.SPREAD);
        Metric recall = metrics.get(MetricKeys.RECALL);
        if (spread != null && recall != null) {
            state.variety.alarm(spread.value(), recall.value(), iteration).ifPresent(alarms::add);
            state = new State(
                    state.contest, state.variety.after(spread.value(), recall.value(), iteration), state.copies);
        }
        Metric copied = metrics.get(MetricKeys.COPIED);
        if (copied != null) {
            Metric heldOut = metrics.get(MetricKeys.COPIED_VALIDATION);
            double limit = heldOut == null ? Copies.BY_CHANCE : heldOut.value();
            Interval ofLimit = heldOut == null ? known(limit) : interval(heldOut);
            boolean many = Interval.ofDifference(copied.value(), interval(copied), limit, ofLimit)
                            .low()
                    > 0;
            state.copies.alarm(copied.value(), limit, many, iteration).ifPresent(alarms::add);
            state = new State(state.contest, state.variety, state.copies.after(copied.value(), many, iteration));
        }
        return alarms;
    }

    /** Which alarms hold at an iteration that was seen last, whether they were raised there or before. */
    List<Alarm.Kind> holding(long iteration) {
        List<Alarm.Kind> kinds = new ArrayList<>();
        if (state.contest.isReported(iteration)) {
            kinds.add(Alarm.Kind.DISCRIMINATOR_WINS);
        }
        if (state.variety.collapsed()) {
            kinds.add(Alarm.Kind.MODE_COLLAPSE);
        }
        if (state.copies.reported()) {
            kinds.add(Alarm.Kind.MEMORISATION);
        }
        return kinds;
    }

    private static Interval interval(Metric share) {
        return share.ci95() == null ? known(share.value()) : share.ci95();
    }

    private static Interval known(double share) {
        return new Interval(share, share);
    }
}
