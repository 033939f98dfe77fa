package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;

/** How long each arm was trained: which budget was equal, the steps, and how often real images were shown. */
final class BudgetTable {
    private final Page page;
    private final Results results;

    BudgetTable(Page page, Results results) {
        this.page = page;
        this.results = results;
    }

    /** Nothing where older programs, which did not count epochs of real images, made the results; or where nothing was trained in steps. */
    void write() {
        Map<List<String>, List<ArmResult>> arms = new LinkedHashMap<>();
        results.arms().stream().filter(arm -> arm.realEpochs().isPresent()).forEach(arm -> arms.computeIfAbsent(
                        List.of(arm.name(), arm.classifier()), unused -> new ArrayList<>())
                .add(arm));
        if (arms.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        arms.values()
                .forEach(trials -> rows.add(List.of(
                        trials.get(0).title(),
                        range(trials, trial -> Optional.of((double) trial.steps()), 0),
                        range(trials, ArmResult::realEpochs, 2))));
        page.table(
                "Table R",
                (results.budget() == Budget.STEPS
                                ? "Every arm took the same number of optimiser steps (--budget steps): one with more images"
                                        + " saw each real one less often."
                                : "Every arm saw its real images in the same number of epochs (--budget epochs): one with"
                                        + " more images took more steps.")
                        + " All were trained by the same recipe. An epoch of real images is as many real images as the arm's"
                        + " training part has; copies are not counted."
                        + (results.folds().isPresent() ? " Folds differ a little in size." : ""),
                List.of("approach", "optimiser steps", "epochs of real images"),
                rows);
    }

    private static String range(List<ArmResult> trials, Function<ArmResult, Optional<Double>> number, int decimals) {
        DoubleSummaryStatistics range = trials.stream()
                .flatMap(trial -> number.apply(trial).stream())
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        String low = NumberText.fixed(range.getMin(), decimals);
        String high = NumberText.fixed(range.getMax(), decimals);
        return low.equals(high) ? low : low + " to " + high;
    }
}
