package org.lesionforge.report;

import java.util.Optional;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.run.GanFiles;

/** What has to be known of the generator before its images are believed. */
public final class GeneratorText {
    /** Below this many validation images the choice of the snapshot is mostly luck. */
    private static final int FEW = 50;

    private final GanFiles gan;

    public GeneratorText(GanFiles gan) {
        this.gan = gan;
    }

    /** What goes wrong with the snapshot that was used; empty where nothing does, or where it was not measured. */
    public Optional<String> warning() {
        return gan.best().flatMap(best -> gan.metrics().stream()
                .filter(line -> line.integer("epoch") == best.integer("epoch")
                        && weights(line).equals(weights(best)))
                .flatMap(line -> check(line).stream())
                .reduce((first, second) -> second)
                .flatMap(GeneratorText::warning)
                .map(text -> gan.split().isEmpty() ? text : text + " (" + gan.split() + ")"));
    }

    private static Optional<String> warning(GeneratorCheck check) {
        if (!check.refusals().isEmpty()) {
            return Optional.of("✗ THE GENERATOR HAS NOT LEARNED: " + String.join(", and ", check.refusals()) + ".");
        }
        return check.missesReals()
                ? Optional.of("✗ The generator’s recall is 0: no real image lies among those that it draws.")
                : Optional.empty();
    }

    private static Optional<GeneratorCheck> check(JsonObject line) {
        return value(line, MetricKeys.SPREAD)
                .map(spread -> new GeneratorCheck(
                        spread,
                        value(line, MetricKeys.PRECISION).orElse(Double.NaN),
                        value(line, MetricKeys.RECALL).orElse(Double.NaN)));
    }

    private static Optional<Double> value(JsonObject line, String key) {
        return line.objects("metrics").stream()
                .filter(metric -> metric.text("key").equals(key))
                .findFirst()
                .map(metric -> metric.number("value"));
    }

    private static String weights(JsonObject json) {
        return json.has("weights") ? json.text("weights") : "raw";
    }

    /** What few validation images mean for the choice of the snapshot; empty where there are enough, or nobody knows. */
    public Optional<String> choice() {
        return gan.best()
                .filter(best -> best.has("validation_images"))
                .map(best -> best.integer("validation_images"))
                .filter(images -> images < FEW)
                .map(images -> "The snapshot was chosen on " + images + " validation images. With fewer than " + FEW
                        + " that choice means little.");
    }
}
