package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** {@return the rows below {@link #HEADER}, measure by measure of each arm; none where no ensemble was asked for} */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (ArmSummary ensemble : results.ensembles()) {
            AT_HALF.forEach(measure -> rows.add(row(ensemble, measure, OperatingPoint.HALF)));
            OperatingPoint fitted =
                    ensemble.onValidation().isPresent() ? OperatingPoint.VALIDATION : OperatingPoint.HALF;
            AT_VALIDATION.forEach(measure -> rows.add(row(ensemble, measure, fitted)));
        }
        return rows;
    }

    private List<String> row(ArmSummary ensemble, Measure measure, OperatingPoint point) {
        Optional<Difference> difference = difference(ensemble, measure, point);
        return List.of(
                ensemble.title(),
                name(measure, point),
                results.summaries().stream()
                        .filter(summary -> summary.name().equals(ensemble.name())
                                && summary.classifier().equals(ensemble.classifier()))
                        .findFirst()
                        .map(summary -> figure(summary, measure, point))
                        .orElse(NumberText.NONE),
                figure(ensemble, measure, point),
                difference.map(found -> NumberText.signed(found.value(), 4)).orElse(NumberText.NONE),
                difference.map(Difference::interval).orElse(NumberText.NONE),
                difference
                        .map(found -> NumberText.probability(found.unadjusted()))
                        .orElse(NumberText.NONE));
    }

    private static String name(Measure measure, OperatingPoint point) {
        if (!AT_VALIDATION.contains(measure)) {
            return MeasureNames.of(measure);
        }
        return MeasureNames.of(measure)
                + (point == OperatingPoint.VALIDATION ? " at the validation threshold" : " at ½");
    }

    private static String figure(ArmSummary summary, Measure measure, OperatingPoint point) {
        Map<String, Figure> figures = ArmFigures.figures(summary, Optional.of(point));
        return Optional.ofNullable(figures.get(measure.word()))
                .map(figure -> NumberText.withInterval(
                        figure.value(), figure.ci95().low(), figure.ci95().high()))
                .orElse(NumberText.NONE);
    }

    private Optional<Difference> difference(ArmSummary ensemble, Measure measure, OperatingPoint point) {
        Optional<OperatingPoint> compared = measure.dependsOnThreshold() ? Optional.of(point) : Optional.empty();
        return results.ensembleComparisons().stream()
                .filter(comparison -> comparison.b().equals(ensemble.name())
                        && comparison.classifier().equals(ensemble.classifier()))
                .map(Difference::new)
                .filter(found -> found.is(measure.word(), compared))
                .findFirst();
    }
}
