package org.lesionforge.report.page;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.ConfusionMatrix.PerClass;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.report.ArmRuns;
import org.lesionforge.report.ClassifierResults;
import org.lesionforge.report.ComparisonText;
import org.lesionforge.report.Difference;
import org.lesionforge.report.UntrainedArms;
import org.lesionforge.report.figure.ConfusionChart;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Tone;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.RunFiles.ArmFolder;
import org.lesionforge.run.RunFiles.ProbeStats;

/** Both approaches and their comparison: Tables 1 to 3, Figures 3 and 4, training curves. */
final class ResultSections {
    private static final int MOST_SENTENCES = 4;

    private final Page page;
    private final RunFiles run;
    private final List<ArmRuns> arms;

    ResultSections(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        arms = ArmRuns.tested(run);
    }

    void write() {
        page.section("approaches", "Classification, approach by approach");
        if (arms.isEmpty()) {
            page.missing("Tables 1 to 3 and Figures 3 and 4 cannot be drawn yet: results.json, which the experiment"
                    + " writes at its end, is not there or names no tested arm.");
        }
        int number = 1;
        page.openRow();
        for (ArmRuns arm : arms) {
            approach(arm, number++);
        }
        page.closeRow();
        run.results().map(UntrainedArms::of).orElse(List.of()).forEach(page::paragraph);
        if (!arms.isEmpty()) {
            page.openSection("comparison", "Comparison");
            comparison(number);
        }
        page.section("training", "How the classifiers were trained");
        run.results().ifPresent(results -> new BudgetTable(page, results).write());
        trainingCurves();
    }

    private void approach(ArmRuns arm, int number) {
        page.openGroup(arm.title());
        List<List<String>> rows = new ArrayList<>();
        for (String name : arm.classes()) {
            rows.add(List.of(
                    name,
                    arm.test(name, PerClass::precision, 3),
                    arm.test(name, PerClass::recall, 3),
                    arm.test(name, PerClass::f1, 3),
                    Integer.toString(arm.support(name))));
        }
        page.table(
                "Table " + number,
                "Per class, on the test part. " + arm.title() + "." + overSeeds(arm, " Mean ± standard deviation"),
                List.of("class", "precision", "recall", "F1", "images"),
                rows);
        page.figure(
                "Figure " + (number + 2),
                "Confusion matrix on the test part. " + arm.title() + "." + overSeeds(arm, " Counts added up"),
                ConfusionChart.svg("fig" + (number + 2) + "-confusion", arm.title(), arm.confusion()));
        page.closeGroup();
    }

    private static String overSeeds(ArmRuns arm, String what) {
        return arm.tests().size() == 1 ? "" : what + " over " + arm.tests().size() + " seeds.";
    }

    private void comparison(int number) {
        List<List<String>> accuracy = new ArrayList<>();
        List<List<String>> more = new ArrayList<>();
        for (ArmRuns arm : arms) {
            accuracy.add(List.of(arm.title(), arm.test(ClassificationEvaluation::accuracy, 4), interval(arm)));
            more.add(List.of(
                    arm.title(),
                    arm.test(ClassificationEvaluation::balancedAccuracy, 4),
                    arm.test(ClassificationEvaluation::rocAuc, 4),
                    arm.test(ClassificationEvaluation::mcc, 4),
                    arm.test(ClassificationEvaluation::brier, 4)));
        }
        sentences(ComparisonText.of(run.results().orElseThrow()));
        page.table(
                "Table " + number,
                "Accuracy on the test part, with Wilson's 95 % interval for one seed.",
                List.of("approach", "accuracy", "95 % CI"),
                accuracy);
        differences();
        page.table(
                "Table C",
                "More measures. AUC and Brier score are of the positive class; a lower Brier score is better.",
                List.of("approach", "balanced accuracy", "ROC AUC", "MCC", "Brier"),
                more);
    }

    /** Folded where they are many: Table B has the same numbers. */
    private void sentences(List<String> sentences) {
        boolean folded = sentences.size() > MOST_SENTENCES;
        if (folded) {
            page.body().open("details").element("summary", "Each comparison in words");
        }
        sentences.forEach(page::paragraph);
        if (folded) {
            page.body().close();
        }
    }

    private static String interval(ArmRuns arm) {
        if (arm.tests().size() > 1) {
            return NumberText.NONE;
        }
        Interval interval = arm.tests().get(0).accuracyCi95();
        return NumberText.fixed(interval.low(), 4) + " to " + NumberText.fixed(interval.high(), 4);
    }

    private void differences() {
        List<List<String>> rows = new ArrayList<>();
        Set<String> tests = new LinkedHashSet<>();
        boolean several =
                run.results().map(ClassifierResults::names).orElse(List.of()).size() > 1;
        for (Difference difference : run.results().map(Difference::of).orElse(List.of())) {
            rows.add(List.of(
                    difference.name() + ", " + difference.a() + " → " + difference.b()
                            + (several ? ", " + difference.comparison().classifier() : ""),
                    NumberText.signed(difference.value(), 4),
                    difference.interval(),
                    NumberText.probability(difference.unadjusted()),
                    difference.adjustedText()));
            difference.comparison().test().ifPresent(tests::add);
        }
        if (rows.isEmpty()) {
            page.missing("The arms have not been compared: results.json has no comparisons.");
            return;
        }
        page.table(
                "Table B",
                "Paired differences on the same test images; p by " + String.join(", ", tests)
                        + "; the planned tests adjusted by Holm for all of them. What is descriptive was not planned, its p is"
                        + " not adjusted; what has no p is not tested. Unless it says otherwise, a measure that depends on"
                        + " a threshold is at ½.",
                List.of("comparison", "difference", "95 % CI", "p", "adjusted"),
                rows);
    }

    private void trainingCurves() {
        List<ArmFolder> trained = run.armFolders().stream()
                .filter(ResultSections::isShown)
                .filter(folder -> Files.exists(folder.layout().statistics()))
                .toList();
        if (trained.isEmpty()) {
            page.missing("No classifier has been trained yet: no arm has stats.jsonl.");
        }
        for (ArmFolder arm : trained) {
            if (!arm.probe().isEmpty()) {
                strengths(arm);
                continue;
            }
            page.openRow();
            String caption = arm.title()
                    + arm.entry()
                            .map(entry -> ", seed " + entry.seed() + fold(entry))
                            .orElse("") + ".";
            LineChart loss = chart(arm, "loss", "Loss, " + arm.name(), "cross-entropy (nats)");
            curves(loss, arm, caption, EpochStats::trainLoss, EpochStats::validationLoss);
            LineChart accuracy = chart(arm, "accuracy", "Accuracy, " + arm.name(), "accuracy");
            curves(accuracy, arm, caption, EpochStats::trainAccuracy, EpochStats::validationAccuracy);
            page.closeRow();
        }
    }

    /** Of several folds the first: the others' curves would fill the page. */
    private static boolean isShown(ArmFolder folder) {
        return folder.entry().flatMap(ArmResult::fold).orElse(1) == 1;
    }

    private static String fold(ArmResult entry) {
        return entry.fold().map(fold -> ", fold " + fold).orElse("");
    }

    /** Of a last layer that was fitted alone: how its L2 was chosen. */
    private void strengths(ArmFolder arm) {
        List<ProbeStats> tried = arm.probe().stream()
                .filter(line -> line.trainLoss().isEmpty() && line.heldOutLoss().isPresent())
                .toList();
        if (tried.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart(
                "figB-" + arm.fileName() + "-l2", "Choice of L2, " + arm.name(), "log10 of L2", "cross-entropy (nats)");
        chart.add(new Series(
                "held-out training images",
                tried.stream().mapToDouble(line -> Math.log10(line.l2())).toArray(),
                tried.stream()
                        .mapToDouble(line -> line.heldOutLoss().orElseThrow())
                        .toArray(),
                Tone.plain(0),
                Series.Style.POINTS));
        arm.probe().stream()
                .filter(line -> line.trainLoss().isPresent())
                .forEach(line -> chart.mark(Math.log10(line.l2()), "chosen"));
        page.figure(
                "Figure B",
                arm.title() + ": the last layer alone, fitted at the L2 with the lowest loss.",
                chart.svg());
    }

    private static LineChart chart(ArmFolder arm, String measure, String title, String unit) {
        return new LineChart("figB-" + arm.fileName() + "-" + measure, title, "epoch", unit);
    }

    /** @param validation empty under a protocol without such images */
    private void curves(
            LineChart chart,
            ArmFolder arm,
            String caption,
            ToDoubleFunction<EpochStats> training,
            Function<EpochStats, Optional<Double>> validation) {
        List<EpochStats> lines = arm.statistics();
        chart.add(epochs(lines, "training", training, Tone.plain(0)));
        chart.add(epochs(lines, "validation", line -> validation.apply(line).orElse(Double.NaN), Tone.plain(1)));
        if (chart.isEmpty()) {
            return;
        }
        arm.entry().ifPresent(entry -> chart.mark(entry.bestEpoch(), "epoch used"));
        page.figure("Figure B", caption, chart.svg());
    }

    private static Series epochs(List<EpochStats> lines, String name, ToDoubleFunction<EpochStats> number, Tone tone) {
        return new Series(
                name,
                lines.stream().mapToDouble(EpochStats::epoch).toArray(),
                lines.stream().mapToDouble(number).toArray(),
                tone,
                Series.Style.POINTS);
    }
}
