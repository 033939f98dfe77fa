package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.MeasureNames;
import org.lesionforge.report.RunFiles;
import org.lesionforge.report.figure.NumberText;

/** Every arm's measures with their uncertainty, as {@code results.json} sums them up. */
final class SummaryTables {
    private final Page page;
    private final List<JsonObject> summaries;

    SummaryTables(Page page, RunFiles run) {
        this.page = page;
        summaries = run.listed("summaries");
    }

    void measures() {
        if (summaries.isEmpty()) {
            page.missing("Tables H and I cannot be drawn: there is no results.json, or it has no summaries.");
            return;
        }
        List<String> header = new ArrayList<>(List.of("measure"));
        summaries.forEach(summary -> header.add(title(summary)));
        List<List<String>> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            List<String> row = new ArrayList<>(List.of(MeasureNames.of(measure)));
            summaries.forEach(summary -> row.add(figure(summary.object("measures"), measure)));
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
        for (JsonObject summary : fitted()) {
            JsonObject fit = summary.object("on_validation");
            String chosen = fit.objects("thresholds").stream()
                    .map(threshold -> NumberText.fixed(threshold.number("value"), 3))
                    .collect(Collectors.joining(", "));
            rows.add(row(title(summary) + ", ½", shown, summary.object("measures")));
            rows.add(row(title(summary) + ", " + chosen, shown, fit.object("at_threshold")));
        }
        if (rows.isEmpty() && !summaries.isEmpty()) {
            page.missing(
                    "There is no Table I: without a validation part, as under the paper's protocol, no threshold is"
                            + " chosen, and ½ is the only one.");
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
        for (JsonObject summary : fitted()) {
            JsonObject fit = summary.object("on_validation");
            String temperatures = Arrays.stream(fit.numbers("temperatures"))
                    .mapToObj(temperature -> NumberText.fixed(temperature, 2))
                    .collect(Collectors.joining(", "));
            List<String> row = new ArrayList<>(List.of(title(summary), temperatures));
            for (Measure measure : List.of(Measure.ECE, Measure.BRIER)) {
                row.add(figure(summary.object("measures"), measure) + " → "
                        + figure(fit.object("calibrated"), measure));
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

    private List<JsonObject> fitted() {
        return summaries.stream()
                .filter(summary -> !summary.isNull("on_validation"))
                .toList();
    }

    private static String title(JsonObject summary) {
        return summary.text("title");
    }

    private static List<String> row(String name, List<Measure> measures, JsonObject figures) {
        List<String> row = new ArrayList<>(List.of(name));
        measures.forEach(measure -> row.add(figure(figures, measure)));
        return row;
    }

    private static String figure(JsonObject figures, Measure measure) {
        JsonObject figure = figures.object(measure.word());
        double[] interval = figure.numbers("ci95", 2);
        return NumberText.withInterval(figure.number("value"), interval[0], interval[1]);
    }
}
