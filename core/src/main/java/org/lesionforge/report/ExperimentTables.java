package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.ConfusionMatrix.PerClass;
import org.lesionforge.run.Results;

/** The paper's Tables 1 to 3 as plain text, laid out as the paper has them, and what the comparison shows. */
public final class ExperimentTables {
    private ExperimentTables() {}

    /**
     * {@return the tables and sentences; lines end in a line break and are at most as wide as titles and class names
     * need}
     *
     * @param results of an experiment; arms that were not tested are left out
     */
    public static String text(Results results) {
        StringBuilder text = new StringBuilder();
        List<ArmRuns> arms =
                ArmRuns.of(results).stream().filter(ArmRuns::isTested).toList();
        int number = 1;
        for (ArmRuns arm : arms) {
            text.append("Table ").append(number++).append(": precision, recall and F1 score. ");
            text.append(arm.title()).append(".\n\n").append(perClass(arm)).append('\n');
        }
        if (!arms.isEmpty()) {
            text.append("Table ").append(number).append(": accuracy on ");
            text.append(arms.get(0).tests().get(0).n()).append(" test images.\n\n");
            text.append(accuracy(arms)).append('\n');
        }
        if (ClassifierResults.names(results).size() > 1) {
            text.append(new NetworksTable(results).text());
        } else {
            ComparisonText.of(results).forEach(sentence -> text.append(sentence).append('\n'));
        }
        for (String sentence : ArmCaveats.ofNetworks(results)) {
            text.append(sentence).append('\n');
        }
        String ensembles = new EnsembleTable(results).text();
        if (!ensembles.isEmpty()) {
            text.append("\nEnsembles: ").append(ensembles);
        }
        for (Results each : ClassifierResults.of(results)) {
            new Answer(each).baseline().ifPresent(baseline -> text.append(baseline)
                    .append('\n'));
        }
        for (String sentence : UntrainedArms.of(results)) {
            text.append(sentence).append('\n');
        }
        return text.toString();
    }

    private static String perClass(ArmRuns arm) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Classes", "precision", "recall", "f1-score", "support"));
        for (String name : arm.classes()) {
            rows.add(List.of(
                    name,
                    arm.test(name, PerClass::precision, 3),
                    arm.test(name, PerClass::recall, 3),
                    arm.test(name, PerClass::f1, 3),
                    Integer.toString(arm.support(name))));
        }
        return aligned(rows);
    }

    private static String accuracy(List<ArmRuns> arms) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Approach", "Accuracy score"));
        for (ArmRuns arm : arms) {
            rows.add(List.of(arm.title(), arm.test(ClassificationEvaluation::accuracy, 4)));
        }
        return aligned(rows);
    }

    /** The first column flush left, the others flush right. */
    static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("  ")
                    .append(row.get(0))
                    .append(" ".repeat(widths[0] - row.get(0).length()));
            for (int c = 1; c < columns; c++) {
                text.append("  ")
                        .append(" ".repeat(widths[c] - row.get(c).length()))
                        .append(row.get(c));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
