package org.lesionforge.generator.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.generator.AlarmRule;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.run.Alarm;

/** Checks the steps and the snapshots for silent failures, by the rules of the family and those of all families. */
final class AlarmWatch {
    private final List<AlarmRule> rules;

    /**
     * @param ofFamily rules beside those of all families
     * @param advice of what the family can do
     */
    AlarmWatch(List<AlarmRule> ofFamily, Advice advice) {
        rules = new ArrayList<>(ofFamily);
        rules.add(new VarietyRule(advice));
        rules.add(new CopiesRule(advice));
    }

    /** The state of each rule, by its name. */
    Map<String, JsonNode> state() {
        Map<String, JsonNode> state = new LinkedHashMap<>();
        rules.forEach(
                rule -> state.put(rule.name(), Objects.requireNonNull(Json.convert(rule.state(), JsonNode.class))));
        return state;
    }

    /** @throws UnusableInputException when the state of a rule is missing or is something else */
    void restore(Map<String, JsonNode> earlier) {
        for (AlarmRule rule : rules) {
            JsonNode state = earlier.get(rule.name());
            if (state == null) {
                throw new UnusableInputException("a checkpoint has no key 'alarms." + rule.name() + "'");
            }
            try {
                rule.restore(state);
            } catch (IllegalArgumentException e) {
                throw new UnusableInputException(
                        "a checkpoint's key 'alarms." + rule.name() + "' is not what was written", e);
            }
        }
    }

    /** Called after every iteration. */
    List<Alarm> see(StepResult step, long iteration) {
        return step.skipped()
                ? List.of()
                : rules.stream()
                        .flatMap(rule -> rule.afterStep(step, iteration).stream())
                        .toList();
    }

    /** Called after every snapshot that was measured. */
    List<Alarm> see(Map<String, Metric> metrics, long iteration) {
        return rules.stream()
                .flatMap(rule -> rule.afterSnapshot(metrics, iteration).stream())
                .toList();
    }

    /** Which alarms hold at an iteration that was seen last, whether they were raised there or before. */
    List<Alarm.Kind> holding(long iteration) {
        return rules.stream().flatMap(rule -> rule.holding(iteration).stream()).toList();
    }
}
