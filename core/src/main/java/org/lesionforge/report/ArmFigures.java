package org.lesionforge.report;

import java.util.Map;
import java.util.Optional;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;
import org.lesionforge.run.Results.OnValidation;

/**
 * What each arm comes to in each measure, over its seeds.
 *
 * @param results of an experiment
 */
public record ArmFigures(Results results) {
    /**
     * {@return an arm's value in a measure; {@code NaN} where it is undefined or not known}
     *
     * @param arm its name
     * @param metric the measure's word in files
     * @param point empty for a measure that no threshold enters
     */
    public double value(String arm, String metric, Optional<OperatingPoint> point) {
        return results.summaries().stream()
                .filter(summary -> summary.name().equals(arm))
                .findFirst()
                .map(summary -> figures(summary, point).get(metric))
                .map(Figure::value)
                .orElse(Double.NaN);
    }

    static Map<String, Figure> figures(ArmSummary summary, Optional<OperatingPoint> point) {
        return point.equals(Optional.of(OperatingPoint.VALIDATION))
                ? summary.onValidation().map(OnValidation::atThreshold).orElse(Map.of())
                : summary.measures();
    }
}
