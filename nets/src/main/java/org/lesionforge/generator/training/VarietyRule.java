package org.lesionforge.generator.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.run.Alarm;

/** Watches for generated images that become alike: {@link Variety}. */
final class VarietyRule implements AlarmRule {
    private final String advice;
    private Variety state = Variety.START;

    VarietyRule(Advice advice) {
        this.advice = "an earlier snapshot; or a new run with "
                + advice.of(
                        "--preset small-data",
                        new Advice.Change("minibatchStd", "--minibatch-std"),
                        new Advice.Change("learningRate", "a lower --lr"),
                        new Advice.Change("width", "a smaller --width"));
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
        Variety before = state;
        state = before.after(spread.value(), recall.value(), iteration);
        return before.alarm(spread.value(), recall.value(), iteration, advice);
    }

    @Override
    public Optional<Alarm.Kind> holding(long iteration) {
        return state.collapsed() ? Optional.of(Alarm.Kind.MODE_COLLAPSE) : Optional.empty();
    }

    @Override
    public Object state() {
        return state;
    }

    @Override
    public void restore(JsonNode earlier) {
        state = Json.convert(earlier, Variety.class);
    }
}
