package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.OverNetworks;
import org.lesionforge.run.Results;

/** Several networks side by side: a row for what an arm changes with each of them, one for the mean, and a sentence on what they show together. */
final class NetworksTable {
    private static final List<String> HEADER =
            List.of("arm and network", "ROC AUC", "95 % CI", "adjusted p", "sensitivity", "95 % CI");

    private static final String AREA = Measure.ROC_AUC.word();
    private static final String SENSITIVITY = Measure.SENSITIVITY.word();

    private final Results results;
    private final List<Difference> differences;

    /** Of sensitivity: the threshold chosen on validation, where there is one. */
    private final Optional<OperatingPoint> point;

    /** @param results of an experiment with several networks */
    NetworksTable(Results results) {
        this.results = results;
        differences = Difference.of(results);
        Optional<OperatingPoint> validation = Optional.of(OperatingPoint.VALIDATION);
        point = differences.stream().anyMatch(each -> each.is(SENSITIVITY, validation))
                ? validation
                : Optional.of(OperatingPoint.HALF);
    }

    /** The table with a line above it and the sentences below; empty where no arms were compared. */
    String text() {
        List<Difference> areas = differences.stream()
                .filter(each -> each.is(AREA, Optional.empty()))
                .toList();
        if (areas.isEmpty()) {
            return "";
        }
        List<List<String>> table = new ArrayList<>(List.of(HEADER));
        areas.stream().map(Difference::b).distinct().forEach(arm -> {
            areas.stream().filter(each -> each.b().equals(arm)).map(this::row).forEach(table::add);
            mean(arm).ifPresent(table::add);
        });
        StringBuilder text = new StringBuilder("Networks: ");
        text.append(about(areas.get(0).a())).append("\n\n");
        text.append(ExperimentTables.aligned(table)).append('\n');
        NetworksText.sentences(results)
                .forEach(sentence -> text.append(sentence).append('\n'));
        return text.toString();
    }

    private String about(String first) {
        return "changes against " + first + " in percentage points, p adjusted for all "
                + differences.stream().filter(Difference::isPlannedTest).count() + " planned tests, sensitivity at "
                + (point.equals(Optional.of(OperatingPoint.VALIDATION)) ? "the validation threshold" : "½")
                + "; a mean is over these networks, its interval over " + (results.resplit() ? "splits" : "test images")
                + "; other measures are in the report."
                + (ArmRuns.seeds(results) > 1
                        ? ""
                        : " Each arm was trained once, so the spread between training runs is not in these numbers.");
    }

    private List<String> row(Difference area) {
        Optional<Difference> sensitivity = differences.stream()
                .filter(each -> each.b().equals(area.b()) && each.is(SENSITIVITY, point))
                .filter(each ->
                        each.comparison().classifier().equals(area.comparison().classifier()))
                .findFirst();
        return List.of(
                area.b() + ", " + area.comparison().classifier(),
                points(area.value()),
                interval(area.comparison().ci95()),
                area.adjustedText(),
                sensitivity.map(each -> points(each.value())).orElse(NumberText.NONE),
                sensitivity.map(each -> interval(each.comparison().ci95())).orElse(NumberText.NONE));
    }

    private Optional<List<String>> mean(String arm) {
        Optional<OverNetworks> sensitivity = over(arm, SENSITIVITY, point);
        return over(arm, AREA, Optional.empty())
                .map(area -> List.of(
                        arm + ", mean of " + area.networks().size(),
                        points(area.difference()),
                        interval(area.ci95()),
                        NumberText.NONE,
                        sensitivity.map(each -> points(each.difference())).orElse(NumberText.NONE),
                        sensitivity.map(each -> interval(each.ci95())).orElse(NumberText.NONE)));
    }

    private Optional<OverNetworks> over(String arm, String metric, Optional<OperatingPoint> at) {
        return results.overNetworks().stream()
                .filter(over -> over.b().equals(arm) && over.metric().equals(metric))
                .filter(over -> over.operatingPoint().equals(at))
                .findFirst();
    }

    private static String interval(Interval ci95) {
        return Double.isFinite(ci95.low()) && Double.isFinite(ci95.high())
                ? points(ci95.low()) + " to " + points(ci95.high())
                : NumberText.NONE;
    }

    private static String points(double share) {
        return NumberText.signed(100 * share, 2);
    }
}
