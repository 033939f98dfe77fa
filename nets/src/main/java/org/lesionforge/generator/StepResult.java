package org.lesionforge.generator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one step came to. Its numbers may still be on a card, and then the first question waits for it: so it is asked when the next step is ready to be
 * computed. For one thread.
 */
public final class StepResult {
    private record Read(Map<String, Double> numbers, boolean skipped) {}

    private Optional<Supplier<StepResult>> reading;
    private @Nullable Read read;

    /**
     * Takes a copy of the numbers.
     *
     * @param numbers the columns of {@code stats.jsonl} by their keys, in their order; each family documents its own. Losses begin with {@code loss}. A
     *     step may leave out what it has no number for
     * @param skipped whether a net was left as it was, because its loss or gradient was not finite, or its gradient exploded
     */
    public StepResult(Map<String, Double> numbers, boolean skipped) {
        reading = Optional.empty();
        read = new Read(Collections.unmodifiableMap(new LinkedHashMap<>(numbers)), skipped);
    }

    private StepResult(Supplier<StepResult> reading) {
        this.reading = Optional.of(reading);
    }

    /**
     * {@return a step that is read when it is asked}
     *
     * @param reading asked once
     */
    public static StepResult late(Supplier<StepResult> reading) {
        return new StepResult(reading);
    }

    /**
     * {@return the same step with one more number before the others, read no sooner}
     *
     * @param key its column
     * @param value of it
     */
    public StepResult after(String key, double value) {
        return late(() -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put(key, value);
            numbers.putAll(numbers());
            return new StepResult(numbers, skipped());
        });
    }

    private Read read() {
        if (read == null) {
            read = reading.orElseThrow().get().read();
            reading = Optional.empty();
        }
        return read;
    }

    /** {@return the columns of {@code stats.jsonl} by their keys, in their order} */
    public Map<String, Double> numbers() {
        return read().numbers;
    }

    /** {@return whether a net was left as it was, because its loss or gradient was not finite, or its gradient exploded} */
    public boolean skipped() {
        return read().skipped;
    }

    /**
     * {@return one of the numbers; NaN where the step has none of that key}
     *
     * @param key its column
     */
    public double number(String key) {
        return numbers().getOrDefault(key, Double.NaN);
    }

    /** {@return all numbers for people: {@code loss_d 1.37, loss_g 0.675}} */
    public String describe() {
        return numbers().entrySet().stream()
                .map(number -> String.format(Locale.ROOT, "%s %.3g", number.getKey(), number.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StepResult step && read().equals(step.read());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(read());
    }

    @Override
    public String toString() {
        return describe() + (skipped() ? ", skipped" : "");
    }
}
