package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.Results;

/** Whether anything gives a generator's images away, in sentences: a gain from images that something does is suspect. */
public final class DetectabilityText {
    private static final double CHANCE = 0.5;

    private DetectabilityText() {}

    /**
     * {@return a sentence or several for each generator; none for results of earlier versions}
     *
     * @param results of an experiment
     */
    public static List<String> of(Results results) {
        return results.generated().stream()
                .flatMap(generated -> sentences(generated).stream())
                .toList();
    }

    private static List<String> sentences(GeneratedImages generated) {
        Optional<Metric> raw = generated.metric(MetricKeys.DETECTABILITY);
        String images = "images of “" + generated.family() + "”";
        if (raw.isEmpty()) {
            return generated
                    .reason(MetricKeys.DETECTABILITY)
                    .map(reason ->
                            List.of("Whether " + images + " can be told from real ones is not known: " + reason + "."))
                    .orElse(List.of());
        }
        List<String> sentences = new ArrayList<>();
        StringBuilder found = new StringBuilder("Detectability: a small classifier ")
                .append(verdict(raw.get()))
                .append(' ')
                .append(images)
                .append(" from real ones, ROC AUC ")
                .append(figure(raw.get()));
        generated.metric(MetricKeys.DETECTABILITY_MATCHED).ifPresent(matched -> found.append(
                        "; after both went through one resolution and JPEG ")
                .append(figure(matched)));
        Optional<Metric> control = generated.metric(MetricKeys.DETECTABILITY_CONTROL);
        control.ifPresent(each -> found.append("; real against real ").append(figure(each)));
        found.append(" (").append(raw.get().name()).append("). 0.5 is the aim");
        if (isTold(raw.get())) {
            found.append("; the nearer to 1, the more of a gain may come from what gives the images away");
        }
        sentences.add(found.append('.').toString());
        if (control.isEmpty()) {
            generated
                    .reason(MetricKeys.DETECTABILITY_CONTROL)
                    .ifPresent(reason ->
                            sentences.add("There is no control of real against real images: " + reason + "."));
        } else if (!holdsChance(control.get())) {
            sentences.add(
                    "The control does not hold 0.5: real images can be told from real ones, so these areas say less"
                            + " about the generator than they seem to.");
        }
        return sentences;
    }

    private static String verdict(Metric raw) {
        if (isTold(raw)) {
            return "tells";
        }
        return holdsChance(raw) ? "cannot be shown to tell" : "confuses";
    }

    private static boolean isTold(Metric metric) {
        Interval interval = metric.ci95();
        return interval != null && interval.low() > CHANCE;
    }

    private static boolean holdsChance(Metric metric) {
        Interval interval = metric.ci95();
        return interval != null && interval.contains(CHANCE);
    }

    /** {@code 0.93 (95 % 0.90 to 0.96)}. */
    static String figure(Metric metric) {
        Interval interval = metric.ci95();
        return NumberText.fixed(metric.value(), 2)
                + (interval == null
                        ? ""
                        : " (95 % " + NumberText.fixed(interval.low(), 2) + " to "
                                + NumberText.fixed(interval.high(), 2) + ")");
    }
}
