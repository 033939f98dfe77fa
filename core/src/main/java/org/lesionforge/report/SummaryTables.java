package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.lesionforge.metric.Measure;

/** Every arm's measures with their uncertainty, as {@code results.json} sums them up. */
final class SummaryTables {
    private final Page page;
    private final List<JsonNode> summaries;

    SummaryTables(Page page, JsonNode results) {
        this.page = page;
        summaries = StreamSupport.stream(results.path("summaries").spliterator(), false)
                .toList();
    }

    void measures() {
        if (summaries.isEmpty()) {
            return;
        }
        List<String> header = new ArrayList<>(List.of("measure"));
        summaries.forEach(summary -> header.add(title(summary)));
        List<List<String>> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            List<String> row = new ArrayList<>(List.of(MeasureNames.of(measure)));
            summaries.forEach(summary -> row.add(figure(summary.path("measures"), measure)));
            rows.add(row);
        }
        page.table(
                "Table H",
                "Every measure on the test part with its 95 % interval; the most probable class is the prediction, and with"
                        + " several seeds values are means over them. Brier score and calibration error are better small.",
                header,
                rows);
    }

    void thresholds() {
        List<Measure> shown =
                Stream.of(Measure.values()).filter(Measure::dependsOnThreshold).toList();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode summary : fitted()) {
            JsonNode fit = summary.path("on_validation");
            String chosen = StreamSupport.stream(fit.path("thresholds").spliterator(), false)
                    .map(threshold -> Numbers.fixed(Numbers.of(threshold.path("value")), 3))
                    .collect(Collectors.joining(", "));
            rows.add(row(title(summary) + ", ½", shown, summary.path("measures")));
            rows.add(row(title(summary) + ", " + chosen, shown, fit.path("at_threshold")));
        }
        if (!rows.isEmpty()) {
            List<String> header = new ArrayList<>(List.of("approach, threshold"));
            shown.forEach(measure -> header.add(MeasureNames.of(measure)));
            page.table(
                    "Table I",
                    "On the test part, at ½ and at the threshold with the largest sensitivity + specificity on the"
                            + " validation part (one per seed).",
                    header,
                    rows);
        }
    }

    void calibration() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode summary : fitted()) {
            JsonNode fit = summary.path("on_validation");
            String temperatures = StreamSupport.stream(fit.path("temperatures").spliterator(), false)
                    .map(temperature -> Numbers.fixed(Numbers.of(temperature), 2))
                    .collect(Collectors.joining(", "));
            List<String> row = new ArrayList<>(List.of(title(summary), temperatures));
            for (Measure measure : List.of(Measure.ECE, Measure.BRIER)) {
                row.add(figure(summary.path("measures"), measure) + " → " + figure(fit.path("calibrated"), measure));
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            page.missing("No temperature and no threshold has been fitted: that needs a validation part with both"
                    + " classes, which the strict protocol has.");
            return;
        }
        page.table(
                "Table J",
                "Temperature scaling, fitted on the validation part, one temperature per seed; errors on the test part before"
                        + " → after. Above 1 the classifier was too sure of itself.",
                List.of("approach", "temperature", MeasureNames.of(Measure.ECE), MeasureNames.of(Measure.BRIER)),
                rows);
    }

    private List<JsonNode> fitted() {
        return summaries.stream()
                .filter(summary -> summary.path("on_validation").isObject())
                .toList();
    }

    private static String title(JsonNode summary) {
        return summary.path("title").asText(Numbers.NONE);
    }

    private static List<String> row(String name, List<Measure> measures, JsonNode figures) {
        List<String> row = new ArrayList<>(List.of(name));
        measures.forEach(measure -> row.add(figure(figures, measure)));
        return row;
    }

    private static String figure(JsonNode figures, Measure measure) {
        JsonNode figure = figures.path(measure.word());
        JsonNode interval = figure.path("ci95");
        return Numbers.withInterval(
                Numbers.of(figure.path("value")), Numbers.of(interval.path(0)), Numbers.of(interval.path(1)));
    }
}
