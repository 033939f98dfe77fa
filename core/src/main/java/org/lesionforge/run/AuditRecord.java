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
 * @param confounders how well each thing that was looked at tells a class
 */
public record AuditRecord(List<Finding> findings, Pairs copies, Pairs lookAlikes, List<Confounder> confounders) {
    private static final int FORMAT_VERSION = 1;

    /**
     * Something a person should know, and what to do about it.
     *
     * @param level how bad it is
     * @param text one sentence, with the numbers and the remedy
     */
    public record Finding(Level level, String text) {}

    /** Worst first. */
    public enum Level {
        /** Parts overlap. */
        LEAK,
        /** Results may be misleading. */
        WARNING,
        /** For information. */
        NOTE;

        /** {@return the lower-case word used in files} */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Pairs of images that look alike.
     *
     * @param pairs worst first
     */
    public record Pairs(List<Pair> pairs) {}

    /**
     * Two images that look alike.
     *
     * @param a id of one
     * @param b id of the other
     * @param partA part of {@code a}: {@code train}, {@code validation} or {@code test}
     * @param partB likewise of {@code b}
     * @param labelA class of {@code a}
     * @param labelB class of {@code b}
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
     * @param name what was measured, for people
     * @param auc cross-validated; {@code NaN} where it is the same for all images
     * @param ci95 of the area, after Hanley and McNeil
     * @param verdict in plain words
     */
    public record Confounder(String name, double auc, Interval ci95, String verdict) {}

    /**
     * {@return what a file holds}
     *
     * @param file an {@code audit.json}
     * @throws UnusableInputException when the file is missing or damaged, naming the key, or of a later version
     */
    public static AuditRecord read(Path file) {
        return Json.read(file, AuditRecord.class, FORMAT_VERSION);
    }
}
