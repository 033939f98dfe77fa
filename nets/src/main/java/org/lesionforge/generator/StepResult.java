package org.lesionforge.generator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one step came to.
 *
 * @param numbers the columns of {@code stats.jsonl} by their keys, in their order; each family documents its own. Losses begin with {@code loss}
 * @param skipped whether a net was left as it was, because its loss or gradient was not finite, or its gradient exploded
 */
public record StepResult(Map<String, Double> numbers, boolean skipped) {
    /**
     * Takes a copy of the numbers.
     *
     * @param numbers by key; a step may leave out what it has no number for
     * @param skipped whether something was not updated
     */
    public StepResult {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /**
     * {@return one of the numbers; NaN where the step has none of that key}
     *
     * @param key its column
     */
    public double number(String key) {
        return numbers.getOrDefault(key, Double.NaN);
    }

    /** {@return all numbers for people: {@code loss_d 1.37, loss_g 0.675}} */
    public String describe() {
        return numbers.entrySet().stream()
                .map(number -> String.format(Locale.ROOT, "%s %.3g", number.getKey(), number.getValue()))
                .collect(Collectors.joining(", "));
    }
}
