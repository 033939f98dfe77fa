package org.lesionforge.generator.training;

import java.util.Map;
import java.util.Optional;
import org.lesionforge.generator.RememberingRule;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.run.Alarm;

/** Watches for generated images that become alike: {@link Variety}. */
final class VarietyRule extends RememberingRule<Variety> {
    private final String advice;

    VarietyRule(Advice advice) {
        super(Variety.class, Variety.START);
        this.advice = "an earlier snapshot; or a new run with "
                + advice.of(
                        Advice.Change.always("--preset small-data"),
                        Advice.Change.of("minibatchStd", "--minibatch-std"),
                        Advice.Change.of("learningRate", "a lower --lr"),
                        Advice.Change.of("width", "a smaller --width"));
    }

    @Override
    public String name() {
        return "variety";
    }

    @Override
    public Optional<Alarm> afterSnapshot(Map<String, Metric> metrics, long iteration) {
        Metric spread = metrics.get(MetricKeys.SPREAD);
        Metric recall = metrics.get(MetricKeys.RECALL);
        if (spread == null || recall == null) {
            return Optional.empty();
        }
        Variety before = state();
        remember(before.after(spread.value(), recall.value(), iteration));
        return before.alarm(spread.value(), recall.value(), iteration, advice);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state().collapsed() ? Optional.of(Alarm.Kind.MODE_COLLAPSE) : Optional.empty();
    }
}
