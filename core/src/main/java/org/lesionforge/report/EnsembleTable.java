package org.lesionforge.report;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;

/**
 * The ensemble of each arm, whose prediction is the mean of its seeds', beside the mean over the seeds.
 *
 * @param results of an experiment
 */
public record EnsembleTable(Results results) {
    /** The first column is flush left, the others are numbers. */
    public static final List<String> HEADER = List.of(
            "approach",
            "measure",
            "mean over the seeds",
            "ensemble",
            "ensemble − that of the first approach",
            "95 % CI",
            "p");

    private static final List<Measure> AT_HALF = List.of(Measure.ROC_AUC, Measure.ACCURACY);
    private static final List<Measure> AT_VALIDATION = List.of(Measure.SENSITIVITY, Measure.SPECIFICITY);

    /**
     * An ensemble in one measure.
     *
     * @param mean over the seeds of the same arm
     * @param difference from the ensemble of the first arm; empty for that one
     */
    private record Row(
            ArmSummary ensemble,
            Measure measure,
            OperatingPoint point,
            Optional<Figure> mean,
            Optional<Figure> figure,
            Optional<Difference> difference) {
        List<String> cells() {
            return List.of(
                    ensemble.title(),
                    name(measure, point),
                    text(mean),
                    text(figure),
                    difference.map(found -> NumberText.signed(found.value(), 4)).orElse(NumberText.NONE),
                    difference.map(Difference::interval).orElse(NumberText.NONE),
                    difference
                            .map(found -> NumberText.probability(found.unadjusted()))
                            .orElse(NumberText.NONE));
        }

        private static String text(Optional<Figure> figure) {
            return figure.map(found -> NumberText.withInterval(
                            found.value(), found.ci95().low(), found.ci95().high()))
                    .orElse(NumberText.NONE);
        }

        Map<String, @Nullable Object> json(Path run) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("run", run.toString());
            json.put("arm", ensemble.name());
            json.put("classifier", ensemble.classifier());
            json.put("seeds", ensemble.seeds());
            json.put("metric", measure.word());
            json.put("operating_point", compared(measure, point));
            json.put("mean", mean.map(Figure::value));
            json.put("ensemble", figure.map(Figure::value));
            json.put("ensemble_ci95", figure.map(Figure::ci95));
            json.put("difference", difference.map(Difference::value));
            json.put("ci95", difference.map(found -> found.comparison().ci95()));
            json.put("p_value", difference.flatMap(found -> found.comparison().pValue()));
            return json;
        }
    }

    /** {@return the rows below {@link #HEADER}, measure by measure of each arm; none where no ensemble was asked for} */
    public List<List<String>> rows() {
        return found().stream().map(Row::cells).toList();
    }

    /** One entry for each ensemble and measure; none where no ensemble was asked for. */
    List<Map<String, @Nullable Object>> json(Path run) {
        return found().stream().map(row -> row.json(run)).toList();
    }

    /** The table with a line above it; empty where no ensemble was asked for. */
    String text() {
        List<List<String>> table = new ArrayList<>(List.of(HEADER));
        table.addAll(rows());
        return table.size() == 1
                ? ""
                : "the mean prediction of the seeds "
                        + results.ensembles().get(0).seeds().stream()
                                .map(String::valueOf)
                                .collect(joining(", "))
                        + " as one classifier. Described, not among the planned tests.\n\n"
                        + ExperimentTables.aligned(table) + "\n";
    }

    private List<Row> found() {
        List<Row> rows = new ArrayList<>();
        for (ArmSummary ensemble : results.ensembles()) {
            AT_HALF.forEach(measure -> rows.add(row(ensemble, measure, OperatingPoint.HALF)));
            OperatingPoint fitted =
                    ensemble.onValidation().isPresent() ? OperatingPoint.VALIDATION : OperatingPoint.HALF;
            AT_VALIDATION.forEach(measure -> rows.add(row(ensemble, measure, fitted)));
        }
        return rows;
    }

    private Row row(ArmSummary ensemble, Measure measure, OperatingPoint point) {
        Optional<ArmSummary> seeds = results.summaries().stream()
                .filter(summary -> summary.name().equals(ensemble.name())
                        && summary.classifier().equals(ensemble.classifier()))
                .findFirst();
        return new Row(
                ensemble,
                measure,
                point,
                seeds.flatMap(summary -> figure(summary, measure, point)),
                figure(ensemble, measure, point),
                difference(ensemble, measure, point));
    }

    private static String name(Measure measure, OperatingPoint point) {
        if (!AT_VALIDATION.contains(measure)) {
            return MeasureNames.of(measure);
        }
        return MeasureNames.of(measure)
                + (point == OperatingPoint.VALIDATION ? " at the validation threshold" : " at ½");
    }

    private static Optional<Figure> figure(ArmSummary summary, Measure measure, OperatingPoint point) {
        return Optional.ofNullable(
                ArmFigures.figures(summary, Optional.of(point)).get(measure.word()));
    }

    private static Optional<OperatingPoint> compared(Measure measure, OperatingPoint point) {
        return measure.dependsOnThreshold() ? Optional.of(point) : Optional.empty();
    }

    private Optional<Difference> difference(ArmSummary ensemble, Measure measure, OperatingPoint point) {
        return results.ensembleComparisons().stream()
                .filter(comparison -> comparison.b().equals(ensemble.name())
                        && comparison.classifier().equals(ensemble.classifier()))
                .map(Difference::new)
                .filter(found -> found.is(measure.word(), compared(measure, point)))
                .findFirst();
    }
}
