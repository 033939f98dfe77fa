package org.lesionforge.report;

import java.util.Optional;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;

/**
 * What an arm does to sensitivity and specificity. Balancing moves the probabilities, and with them what ½ means: one of both then rises, the
 * other falls, and ROC AUC, which no threshold enters, stands. That is a shift of the operating point and no better or worse classifier.
 */
final class OperatingPointText {
    private final Answer answer;
    private final Results results;
    private final String arm;
    private final Optional<Difference> sensitivity;
    private final Optional<Difference> specificity;
    private final Optional<Difference> auc;

    OperatingPointText(Answer answer, Results results, String arm) {
        this.answer = answer;
        this.results = results;
        this.arm = arm;
        sensitivity = find(Measure.SENSITIVITY, Optional.of(OperatingPoint.HALF));
        specificity = find(Measure.SPECIFICITY, Optional.of(OperatingPoint.HALF));
        auc = find(Measure.ROC_AUC, Optional.empty());
    }

    private Optional<Difference> find(Measure measure, Optional<OperatingPoint> point) {
        return answer.find(arm, measure.word(), point);
    }

    /**
     * Empty where neither is known.
     *
     * @param always whether an arm is worth a sentence that moves neither
     */
    Optional<String> sentence(boolean always) {
        if (sensitivity.isEmpty() || specificity.isEmpty() || !(always || isMoved())) {
            return Optional.empty();
        }
        return Optional.of("“" + ArmRuns.title(arm, results) + "” at ½: " + change(sensitivity.get()) + found() + "; "
                + change(specificity.get()) + "; " + verdict() + "." + atValidation());
    }

    private boolean isMoved() {
        return sensitivity.filter(Difference::isApart).isPresent()
                || specificity.filter(Difference::isApart).isPresent();
    }

    /** Sensitivity and specificity move in opposite directions, at least one of them by more than its interval, and ROC AUC is not shown to. */
    private boolean isShift() {
        boolean opposite = sensitivity.get().value() * specificity.get().value() < 0;
        return isMoved() && opposite && auc.isPresent() && !auc.get().isShown();
    }

    private String verdict() {
        if (isShift()) {
            return "a shift of the operating point, for ROC AUC is not shown to change ("
                    + auc.get().points() + ")";
        }
        return isMoved() ? "a description, not a planned test" : "neither interval leaves out 0";
    }

    private String change(Difference difference) {
        String measure = MeasureNames.of(difference.metric());
        String direction = difference.value() == 0 ? " stays" : difference.value() < 0 ? " falls" : " rises";
        return measure + direction + values(difference) + " (" + difference.points() + ")";
    }

    /** {@code  from 0.500 to 0.167}. */
    private String values(Difference difference) {
        ArmFigures figures = new ArmFigures(results);
        double before = figures.value(difference.a(), difference.metric(), difference.point());
        double after = figures.value(difference.b(), difference.metric(), difference.point());
        if (!Double.isFinite(before) || !Double.isFinite(after)) {
            return "";
        }
        return difference.value() == 0
                ? " at " + NumberText.fixed(before, 3)
                : " from " + NumberText.fixed(before, 3) + " to " + NumberText.fixed(after, 3);
    }

    /** {@code , 3 instead of 9 of 18 malignant found}, where one training of each arm has found them. */
    private String found() {
        String positive = results.positive();
        Difference difference = sensitivity.get();
        Optional<ArmRuns> before = single(difference.a());
        Optional<ArmRuns> after = single(difference.b());
        if (before.isEmpty() || after.isEmpty()) {
            return "";
        }
        return ", " + found(after.get(), positive) + " instead of " + found(before.get(), positive) + " of "
                + before.get().support(positive) + " “" + positive + "” found";
    }

    private Optional<ArmRuns> single(String name) {
        return ArmRuns.of(results).stream()
                .filter(each -> each.name().equals(name)
                        && each.tests().size() == 1
                        && each.classes().contains(results.positive()))
                .findFirst();
    }

    private static int found(ArmRuns arm, String positive) {
        int index = arm.classes().indexOf(positive);
        return arm.confusion().counts()[index][index];
    }

    private String atValidation() {
        Optional<Difference> sensitive = find(Measure.SENSITIVITY, Optional.of(OperatingPoint.VALIDATION));
        Optional<Difference> specific = find(Measure.SPECIFICITY, Optional.of(OperatingPoint.VALIDATION));
        if (sensitive.isEmpty() || specific.isEmpty()) {
            return "";
        }
        return " At the threshold chosen on validation: " + change(sensitive.get()) + "; " + change(specific.get())
                + ".";
    }
}
