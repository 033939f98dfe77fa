package org.lesionforge.cli.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesionforge.metric.ClassificationEvaluation;

/** An evaluation as tables for a terminal, laid out as in the paper. */
public final class EvaluationText {
    private EvaluationText() {}

    public static List<String> lines(ClassificationEvaluation evaluation) {
        List<String> classes = evaluation.classes();
        int width = Math.max(10, classes.stream().mapToInt(String::length).max().orElse(0) + 2);
        List<String> lines = new ArrayList<>();
        lines.add(cell("", width) + cells(List.of("precision", "recall", "F1", "support"), 10));
        evaluation
                .perClass()
                .forEach((name, c) -> lines.add(cell(name, width)
                        + cells(
                                List.of(ratio(c.precision()), ratio(c.recall()), ratio(c.f1()), "" + c.support()),
                                10)));
        lines.add("");
        lines.add("confusion matrix: rows are the truth, columns the prediction");
        lines.add(cell("", width) + cells(classes, width));
        for (int i = 0; i < classes.size(); i++) {
            List<String> row = new ArrayList<>();
            for (int count : evaluation.confusion()[i]) {
                row.add("" + count);
            }
            lines.add(cell(classes.get(i), width) + cells(row, width));
        }
        lines.add("");
        lines.add("accuracy           " + ratio(evaluation.accuracy()) + "  (" + evaluation.n() + " images)");
        lines.add("balanced accuracy  " + ratio(evaluation.balancedAccuracy()));
        lines.add("ROC-AUC            " + ratio(evaluation.rocAuc()) + "  (of '" + evaluation.positive() + "')");
        return lines;
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String cell(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String cells(List<String> texts, int width) {
        StringBuilder line = new StringBuilder();
        texts.forEach(text ->
                line.append(" ".repeat(Math.max(1, width - text.length()))).append(text));
        return line.toString();
    }
}
