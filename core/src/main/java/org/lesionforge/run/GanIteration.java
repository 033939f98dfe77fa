package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;

/**
 * One iteration of a generator's training: a line of its {@code stats.jsonl}.
 *
 * @param iteration from 1
 * @param epoch from 1
 * @param numbers what the step came to, by key in the order of the file: columns of the generator's family, such as {@code loss_d}; not finite
 *     where training has failed
 * @param skipped whether a net was left as it was
 * @param alarms that were raised at it
 */
public record GanIteration(
        long iteration, int epoch, Map<String, Double> numbers, boolean skipped, List<Alarm.Kind> alarms) {
    private static final String ITERATION = "iteration";
    private static final String EPOCH = "epoch";
    private static final String SKIPPED = "skipped";
    private static final String ALARMS = "alarms";

    private static final String REAL = "d_real";
    private static final String FAKE = "d_fake";

    /** What a game against a discriminator that answers with a probability leaves: all of it or none. */
    private static final List<String> GAME = List.of("loss_d", "loss_g", REAL, FAKE);

    /**
     * Copies the numbers and the alarms.
     *
     * @param iteration from 1
     * @param epoch from 1
     * @param numbers by key; none of the keys that every line has
     * @param skipped whether a net was left as it was
     * @param alarms that were raised at it
     * @throws IllegalArgumentException when a number has the key of something else
     */
    public GanIteration {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        alarms = List.copyOf(alarms);
        for (String key : List.of(ITERATION, EPOCH, SKIPPED, ALARMS)) {
            if (numbers.containsKey(key)) {
                throw new IllegalArgumentException("a step's number cannot be called " + key);
            }
        }
    }

    /**
     * Reads a line.
     *
     * @param line of {@code stats.jsonl}
     * @return its iteration
     * @throws UnusableInputException when a key is missing, or a value is of the wrong kind
     */
    static GanIteration of(JsonObject line) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String key : line.keys()) {
            if (!List.of(ITERATION, EPOCH, SKIPPED, ALARMS).contains(key)) {
                numbers.put(key, line.number(key));
            }
        }
        if (line.has(REAL) || line.has(FAKE)) {
            GAME.forEach(line::number);
        }
        return new GanIteration(
                line.wholeNumber(ITERATION),
                line.integer(EPOCH),
                numbers,
                line.has(SKIPPED) && line.flag(SKIPPED),
                line.has(ALARMS) ? alarms(line) : List.of());
    }

    private static List<Alarm.Kind> alarms(JsonObject line) {
        return line.texts(ALARMS).stream()
                .map(word -> Arrays.stream(Alarm.Kind.values())
                        .filter(kind -> kind.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> line.wrong(ALARMS, "a list of kinds of alarms")))
                .toList();
    }

    /**
     * {@return one of the numbers; NaN where the step has none of that key}
     *
     * @param key its column
     */
    public double number(String key) {
        return numbers.getOrDefault(key, Double.NaN);
    }

    /** {@return whether there are the mean probabilities {@code d_real} and {@code d_fake}, and both losses of their game} */
    public boolean hasProbabilities() {
        return numbers.keySet().containsAll(GAME);
    }

    /** {@return the line as JSON has it; what there is nothing of is left out} */
    @JsonValue
    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(ITERATION, iteration);
        line.put(EPOCH, epoch);
        line.putAll(numbers);
        if (skipped) {
            line.put(SKIPPED, true);
        }
        if (!alarms.isEmpty()) {
            line.put(ALARMS, alarms);
        }
        return line;
    }
}
