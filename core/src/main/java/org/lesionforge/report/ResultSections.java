package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.RocCurve;
import org.lesionforge.report.RunFiles.ArmFolder;

/** Both approaches and their comparison: Tables 1 to 3, Figures 3 and 4, ROC and training curves. */
final class ResultSections {
    private final Page page;
    private final RunFiles run;
    private final List<Arm> arms;

    ResultSections(Page page, RunFiles run) {
        this.page = page;
        this.run = run;
        arms = Arm.of(run.results()).stream().filter(Arm::isTested).toList();
    }

    void write() {
        page.section("approaches", "Classification, approach by approach");
        if (arms.isEmpty()) {
            page.missing("Tables 1 to 3 and Figures 3 and 4 cannot be drawn yet: results.json, which the experiment"
                    + " writes at its end, is not there or names no tested arm.");
        }
        int number = 1;
        for (Arm arm : arms) {
            approach(arm, number++);
        }
        if (!arms.isEmpty()) {
            page.section("comparison", "Comparison");
            comparison(number);
        }
        page.section("training", "How the classifiers were trained");
        trainingCurves();
    }

    private void approach(Arm arm, int number) {
        page.body().element("h3", arm.title());
        page.openRow();
        List<List<String>> rows = new ArrayList<>();
        for (String name : arm.classes()) {
            JsonNode support =
                    arm.runs().get(0).path("test").path("per_class").path(name).path("support");
            rows.add(List.of(
                    name,
                    arm.test(name, "precision", 3),
                    arm.test(name, "recall", 3),
                    arm.test(name, "f1", 3),
                    support.asText(Numbers.NONE)));
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
        page.closeRow();
    }

    private static String overSeeds(Arm arm, String what) {
        return arm.runs().size() == 1 ? "" : what + " over " + arm.runs().size() + " seeds.";
    }

    private void comparison(int number) {
        List<List<String>> accuracy = new ArrayList<>();
        List<List<String>> more = new ArrayList<>();
        for (Arm arm : arms) {
            accuracy.add(List.of(arm.title(), arm.test("accuracy", 4), interval(arm)));
            more.add(List.of(
                    arm.title(),
                    arm.test("balanced_accuracy", 4),
                    arm.test("roc_auc", 4),
                    arm.test("mcc", 4),
                    arm.test("brier", 4)));
        }
        page.table(
                "Table " + number,
                "Accuracy on the test part, with Wilson's 95 % interval for one seed.",
                List.of("approach", "accuracy", "95 % CI"),
                accuracy);
        ComparisonText.of(run.results()).forEach(page::paragraph);
        differences();
        page.table(
                "Table A",
                "More measures. AUC and Brier score are of the positive class; a lower Brier score is better.",
                List.of("approach", "balanced accuracy", "ROC AUC", "MCC", "Brier"),
                more);
        roc();
    }

    private static String interval(Arm arm) {
        JsonNode bounds = arm.runs().get(0).path("test").path("accuracy_ci95");
        return arm.runs().size() > 1 || bounds.isMissingNode()
                ? Numbers.NONE
                : Numbers.fixed(Numbers.of(bounds.path(0)), 4) + " to " + Numbers.fixed(Numbers.of(bounds.path(1)), 4);
    }

    private void differences() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode comparison : run.results().path("comparisons")) {
            JsonNode interval = comparison.path("ci95");
            rows.add(List.of(
                    comparison.path("a").asText() + " → " + comparison.path("b").asText(),
                    comparison.path("metric").asText(),
                    Numbers.signed(Numbers.of(comparison.path("difference")), 4),
                    Numbers.signed(Numbers.of(interval.path(0)), 4) + " to "
                            + Numbers.signed(Numbers.of(interval.path(1)), 4),
                    Numbers.probability(Numbers.of(comparison.path("p_value"))),
                    comparison.path("test").asText()));
        }
        if (rows.isEmpty()) {
            page.missing("The arms have not been compared: results.json has no comparisons.");
            return;
        }
        page.table(
                "Table B",
                "Paired differences on the same test images.",
                List.of("arms", "metric", "difference", "95 % CI", "p", "test"),
                rows);
    }

    private void roc() {
        LineChart chart = new LineChart(
                        "figC-roc", "ROC curves on the test part", "false positive rate", "true positive rate")
                .unitSquare();
        int colour = 1;
        for (Arm arm : arms) {
            Optional<RocCurve> curve = run.armFolders().stream()
                    .filter(folder -> folder.entry().path("name").asText().equals(arm.name()))
                    .findFirst()
                    .flatMap(run::rocCurve);
            if (curve.isPresent()) {
                chart.add(new Series(
                        arm.title() + " (AUC " + Numbers.fixed(curve.get().auc(), 3) + ")",
                        curve.get().falsePositiveRate(),
                        curve.get().truePositiveRate(),
                        colour,
                        Series.Style.LINE));
            }
            colour++;
        }
        if (chart.isEmpty()) {
            page.missing("ROC curves cannot be drawn: no arm has predictions-test.csv with both classes.");
            return;
        }
        page.figure(
                "Figure C",
                "Receiver operating characteristic of “"
                        + run.results().path("positive").asText() + "”, first seed of each arm. Dotted: guessing.",
                chart.svg());
    }

    private void trainingCurves() {
        List<ArmFolder> trained = run.armFolders().stream()
                .filter(folder -> !folder.statistics().isEmpty())
                .toList();
        if (trained.isEmpty()) {
            page.missing("No classifier has been trained yet: no arm has stats.jsonl.");
        }
        for (ArmFolder arm : trained) {
            page.openRow();
            String title = arm.entry().path("title").asText(arm.name());
            String seed = arm.entry().path("seed").asText("");
            String caption = title + (seed.isEmpty() ? "" : ", seed " + seed) + ".";
            curve(arm, "loss", "Loss, " + arm.name(), "cross-entropy (nats)", caption);
            curve(arm, "accuracy", "Accuracy, " + arm.name(), "accuracy", caption);
            page.closeRow();
        }
    }

    private void curve(ArmFolder arm, String measure, String title, String unit, String caption) {
        LineChart chart = new LineChart("figD-" + fileName(arm.name()) + "-" + measure, title, "epoch", unit)
                .add(epochs(arm, "training", "train_" + measure, 1))
                .add(epochs(arm, "validation", "validation_" + measure, 2));
        if (chart.isEmpty()) {
            return;
        }
        double best = Numbers.of(arm.entry().path("best_epoch"));
        if (Double.isFinite(best)) {
            chart.mark(best, "epoch used");
        }
        page.figure("Figure D", caption, chart.svg());
    }

    private static Series epochs(ArmFolder arm, String name, String key, int colour) {
        List<JsonNode> lines = arm.statistics();
        return new Series(
                name,
                lines.stream()
                        .mapToDouble(line -> Numbers.of(line.path("epoch")))
                        .toArray(),
                lines.stream().mapToDouble(line -> Numbers.of(line.path(key))).toArray(),
                colour,
                Series.Style.POINTS);
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
