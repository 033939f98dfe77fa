package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Threshold;
import org.lesionforge.report.EnsembleTable;
import org.lesionforge.report.MeasureNames;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;
import org.lesionforge.run.Results.OnValidation;
import org.lesionforge.run.RunFiles;

/** Every arm's measures with their uncertainty, as {@code results.json} sums them up. */
final class SummaryTables {
    /** Thresholds or temperatures that are listed one by one. */
    private static final int MOST_SHOWN = 5;

    private final Page page;
    private final List<ArmSummary> summaries;
    private final Optional<Results> results;
    /** Of which a threshold or temperature is. */
    private final String fitted;

    SummaryTables(Page page, RunFiles run) {
        this.page = page;
        results = run.results();
        summaries = results.map(Results::summaries).orElse(List.of());
        fitted = results.flatMap(Results::folds).isPresent() ? "one per seed and fold" : "one per seed";
    }

    void measures() {
        if (summaries.isEmpty()) {
            page.missing("Tables H and I cannot be drawn: there is no results.json, or it has no summaries.");
            return;
        }
        List<String> header = new ArrayList<>(List.of("measure"));
        summaries.forEach(summary -> header.add(summary.title()));
        List<List<String>> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            List<String> row = new ArrayList<>(List.of(MeasureNames.of(measure)));
            summaries.forEach(summary -> row.add(figure(summary.measures(), measure)));
            rows.add(row);
        }
        page.table(
                "Table H",
                "Every measure on the test part with its 95 % interval; the most probable class is the prediction, and with"
                        + " several seeds values are means over them. Brier score and calibration error are better small."
                        + copies(),
                header,
                rows);
    }

    /** How predictions were made, where that was not from each image as it is. */
    private String copies() {
        return results.stream()
                .flatMap(each -> each.arms().stream())
                .map(ArmResult::tta)
                .filter(tta -> tta > 1)
                .findFirst()
                .map(tta ->
                        " Every prediction is the mean over " + tta + " altered copies of the image (tta=" + tta + ").")
                .orElse("");
    }

    void ensembles() {
        List<List<String>> rows =
                results.map(EnsembleTable::new).map(EnsembleTable::rows).orElse(List.of());
        if (!rows.isEmpty()) {
            page.table(
                    "Table O",
                    "The ensemble of each approach beside the mean over its seeds: its prediction for an image is the mean of"
                            + " the seeds' probabilities, its threshold is chosen on that mean of the validation part. Intervals"
                            + " are by bootstrap over groups; differences are paired, and described: no test of them is planned."
                            + copies(),
                    EnsembleTable.HEADER,
                    rows);
        }
    }

    void thresholds() {
        List<Measure> shown =
                Stream.of(Measure.values()).filter(Measure::dependsOnThreshold).toList();
        List<List<String>> rows = new ArrayList<>();
        for (ArmSummary summary : fitted()) {
            OnValidation fit = summary.onValidation().orElseThrow();
            String chosen =
                    shown(fit.thresholds().stream().map(Threshold::value).toList(), 3);
            rows.add(row(summary.title() + ", ½", shown, summary.measures()));
            rows.add(row(summary.title() + ", " + chosen, shown, fit.atThreshold()));
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
                            + " validation part (" + fitted + ").",
                    header,
                    rows);
        }
    }

    void calibration() {
        List<List<String>> rows = new ArrayList<>();
        for (ArmSummary summary : fitted()) {
            OnValidation fit = summary.onValidation().orElseThrow();
            List<String> row = new ArrayList<>(List.of(summary.title(), shown(fit.temperatures(), 2)));
            for (Measure measure : List.of(Measure.ECE, Measure.BRIER)) {
                row.add(figure(summary.measures(), measure) + " → " + figure(fit.calibrated(), measure));
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
                "Temperature scaling, fitted on the validation part, " + fitted.replace("one", "one temperature")
                        + "; errors on the test part before"
                        + " → after. Above 1 the classifier was too sure of itself.",
                List.of("approach", "temperature", MeasureNames.of(Measure.ECE), MeasureNames.of(Measure.BRIER)),
                rows);
    }

    /** Many, as of many folds, by their range. */
    private static String shown(List<Double> values, int decimals) {
        if (values.size() > MOST_SHOWN) {
            DoubleSummaryStatistics range =
                    values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            return NumberText.fixed(range.getMin(), decimals) + " to " + NumberText.fixed(range.getMax(), decimals);
        }
        return values.stream().map(value -> NumberText.fixed(value, decimals)).collect(Collectors.joining(", "));
    }

    private List<ArmSummary> fitted() {
        return summaries.stream()
                .filter(summary -> summary.onValidation().isPresent())
                .toList();
    }

    private static List<String> row(String name, List<Measure> measures, Map<String, Figure> figures) {
        List<String> row = new ArrayList<>(List.of(name));
        measures.forEach(measure -> row.add(figure(figures, measure)));
        return row;
    }

    private static String figure(Map<String, Figure> figures, Measure measure) {
        Figure figure = Objects.requireNonNull(figures.get(measure.word()));
        return NumberText.withInterval(
                figure.value(), figure.ci95().low(), figure.ci95().high());
    }
}
