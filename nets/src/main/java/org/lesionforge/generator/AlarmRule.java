package org.lesionforge.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.run.Alarm;

/**
 * Watches a training for one silent failure. It raises an alarm once, and again only after its cause has disappeared and returned. What it
 * remembers is part of a checkpoint.
 */
public interface AlarmRule {
    /** {@return the key of its state in a checkpoint} */
    String name();

    /**
     * Called after every step that was not skipped.
     *
     * @param step what it came to
     * @param iteration its number, from 1
     * @return an alarm that is raised now
     */
    default Optional<Alarm> afterStep(StepResult step, long iteration) {
        return Optional.empty();
    }

    /**
     * Called after every snapshot that was measured.
     *
     * @param metrics of its usual weights, by key
     * @param iteration after which it was taken
     * @return an alarm that is raised now
     */
    default Optional<Alarm> afterSnapshot(Map<String, Metric> metrics, long iteration) {
        return Optional.empty();
    }

    /**
     * {@return the alarm that holds, whether it was raised now or before}
     *
     * @param iteration that was seen last
     */
    Optional<Alarm.Kind> holding(long iteration);

    /** {@return what it remembers, as JSON has it} */
    Object state();

    /**
     * Takes up what it remembered.
     *
     * @param state as {@link #state} gave it
     * @throws IllegalArgumentException when it is something else
     */
    void restore(JsonNode state);
}
