package org.lesionforge.generator.training;

import java.util.Map;
import java.util.Optional;
import org.lesionforge.generator.RememberingRule;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Alarm;

/** Watches for generated images that repeat training images: {@link Copies}. */
final class CopiesRule extends RememberingRule<Copies> {
    private final String advice;

    CopiesRule(Advice advice) {
        super(Copies.class, Copies.START);
        this.advice = "an earlier snapshot; or a new run with "
                + advice.of(
                        Advice.Change.of("flips", "--flips both"),
                        Advice.Change.always("more images"),
                        Advice.Change.of("width", "a smaller --width"))
                + "; which images are copied shows: lesionforge evaluate --metrics memorisation";
    }

    @Override
    public String name() {
        return "copies";
    }

    @Override
    public Optional<Alarm> afterSnapshot(Map<String, Metric> metrics, long iteration) {
        Metric copied = metrics.get(MetricKeys.COPIED);
        if (copied == null) {
            return Optional.empty();
        }
        Metric heldOut = metrics.get(MetricKeys.COPIED_VALIDATION);
        double limit = heldOut == null ? Copies.BY_CHANCE : heldOut.value();
        Interval ofLimit = heldOut == null ? known(limit) : interval(heldOut);
        boolean many = Interval.ofDifference(copied.value(), interval(copied), limit, ofLimit)
                        .low()
                > 0;
        Copies before = state();
        remember(before.after(copied.value(), many, iteration));
        return before.alarm(copied.value(), limit, many, iteration, advice);
    }

    private static Interval interval(Metric share) {
        return share.ci95() == null ? known(share.value()) : share.ci95();
    }

    private static Interval known(double share) {
        return new Interval(share, share);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state().reported() ? Optional.of(Alarm.Kind.MEMORISATION) : Optional.empty();
    }
}
