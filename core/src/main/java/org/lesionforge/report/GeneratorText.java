package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.JsonObject;
import org.lesionforge.metric.GeneratorCheck;

/** What has to be known of the generator before its images are believed. */
final class GeneratorText {
    /** Below this many validation images the choice of the snapshot is mostly luck. */
    private static final int FEW = 50;

    private final RunFiles run;

    GeneratorText(RunFiles run) {
        this.run = run;
    }

    /** What goes wrong with the snapshot that was used; empty where nothing does, or where it was not measured. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        run.ganBest().ifPresent(best -> run.ganMetrics().stream()
                .filter(line -> line.integer("epoch") == best.integer("epoch")
                        && weights(line).equals(weights(best)))
                .reduce((first, second) -> second)
                .ifPresent(line -> warnings.addAll(warnings(line))));
        return warnings;
    }

    private static List<String> warnings(JsonObject line) {
        GeneratorCheck check =
                new GeneratorCheck(value(line, "spread"), value(line, "precision"), value(line, "recall"));
        if (!check.refusals().isEmpty()) {
            return List.of("✗ THE GENERATOR HAS NOT LEARNED: " + String.join(", and ", check.refusals())
                    + ". Its images were used all the same.");
        }
        return check.missesReals()
                ? List.of("✗ The generator’s recall is 0: no real image lies among those that it draws.")
                : List.of();
    }

    private static double value(JsonObject line, String key) {
        return line.objects("metrics").stream()
                .filter(metric -> metric.text("key").equals(key))
                .findFirst()
                .map(metric -> metric.number("value"))
                .orElse(Double.NaN);
    }

    private static String weights(JsonObject json) {
        return json.has("weights") ? json.text("weights") : "raw";
    }

    /** What few validation images mean for the choice of the snapshot; empty where there are enough, or nobody knows. */
    List<String> choice() {
        return run.ganBest()
                .filter(best -> best.has("validation_images") && !best.isNull("validation_images"))
                .filter(best -> best.integer("validation_images") < FEW)
                .map(best -> List.of("The snapshot was chosen on " + best.integer("validation_images")
                        + " validation images. With fewer than " + FEW + " that choice means little."))
                .orElse(List.of());
    }
}
