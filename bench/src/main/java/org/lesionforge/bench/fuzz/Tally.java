package org.lesionforge.bench.fuzz;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcomes of the mutants of one kind. */
final class Tally {
    private final String kind;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int tried;
    private long slowest;
    private long memory;
    private double seconds;

    Tally(String kind) {
        this.kind = kind;
    }

    void add(Worker.Line line) {
        tried++;
        counts.merge(line.outcome(), 1, Integer::sum);
        slowest = Math.max(slowest, line.milliseconds());
        memory = Math.max(memory, line.memory());
    }

    void took(double time) {
        seconds = time;
    }

    int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    boolean hasFaults() {
        return Arrays.stream(Outcome.values()).anyMatch(outcome -> outcome.isFault && count(outcome) > 0);
    }

    /** A Markdown table with a line for each kind. */
    static String table(List<Tally> tallies) {
        String titles = Arrays.stream(Outcome.values())
                .map(outcome -> outcome.title + " | ")
                .collect(Collectors.joining());
        return "| kind | tried | " + titles + "slowest, ms | most memory, MB | seconds |\n|---|"
                + "---:|".repeat(Outcome.values().length + 4) + "\n"
                + tallies.stream().map(tally -> tally + "\n").collect(Collectors.joining());
    }

    /** A line of the table. */
    @Override
    public String toString() {
        String figures = Arrays.stream(Outcome.values())
                .map(outcome -> count(outcome) + " | ")
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT, "| %s | %d | %s%d | %d | %.0f |", kind, tried, figures, slowest, memory, seconds);
    }
}
