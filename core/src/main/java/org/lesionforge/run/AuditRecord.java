package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.statistics.Interval;

/**
 * What a reader asks of {@code audit.json}; who audits knows more.
 *
 * @param findings in plain words, worst first
 * @param copies pairs of one photograph
 * @param lookAlikes pairs that a network finds alike
 */
public record AuditRecord(List<Finding> findings, Pairs copies, Pairs lookAlikes, List<Confounder> confounders) {
    private static final int FORMAT_VERSION = 1;

    /** Something a person should know, and what to do about it. */
    public record Finding(Level level, String text) {}

    /** Worst first. */
    public enum Level {
        LEAK,
        WARNING,
        NOTE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Worst first. */
    public record Pairs(List<Pair> pairs) {}

    /**
     * Two images that look alike.
     *
     * @param how the transform that takes the one into the other; empty when only features are alike
     * @param similarity of their detail, 1 for equal pixels; empty when only features are alike
     * @param cosine of their features; empty without a network
     */
    public record Pair(
            String a,
            String b,
            String partA,
            String partB,
            String labelA,
            String labelB,
            Optional<String> how,
            Optional<Double> similarity,
            Optional<Double> cosine) {}

    /**
     * How well something that is not a property of the lesion tells a class.
     *
     * @param auc cross-validated
     * @param verdict in plain words
     */
    public record Confounder(String name, double auc, Interval ci95, String verdict) {}

    /** @throws UnusableInputException when the file is missing or damaged, naming the key, or of a later version */
    public static AuditRecord read(Path file) {
        return Json.read(file, AuditRecord.class, FORMAT_VERSION);
    }
}
