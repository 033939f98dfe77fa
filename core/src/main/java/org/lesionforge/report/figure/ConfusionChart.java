package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.report.figure.Drawing.Anchor;

/** A confusion matrix as a heat map: rows are the truth, the shade is the share of the row. */
public final class ConfusionChart {
    private static final int WIDTH = 440;
    private static final int EDGE = 12;
    private static final int LEFT = 122;
    private static final int SIDE = WIDTH - LEFT - EDGE;
    private static final int ROW = 20;
    private static final int STEPS = 20;

    /** Of the shade: lighter than any other, and not so dark that the ink on it could not be read. */
    private static final double FAINTEST = 0.06;

    private static final double STRONGEST = 0.72;

    private final ConfusionMatrix matrix;
    private final int classes;
    private final double width;
    private final double height;
    private final Drawing drawing = new Drawing();

    private ConfusionChart(ConfusionMatrix matrix) {
        this.matrix = matrix;
        classes = matrix.classes().size();
        width = (double) SIDE / classes;
        height = Math.max(30, width * 0.72);
    }

    /**
     * {@return the drawing of a confusion matrix}
     *
     * @param id unique on the page; also the name of the drawing's file
     * @param title what it shows, in a few words
     * @param matrix counts of images, one class or more
     */
    public static Svg svg(String id, String title, ConfusionMatrix matrix) {
        return new ConfusionChart(matrix).svg(id, title);
    }

    private Svg svg(String id, String title) {
        List<String> heading = Drawing.wrapped(title, Type.TITLE, WIDTH - 2.0 * EDGE, 2);
        drawing.texts(heading, Type.TITLE, Anchor.START, EDGE, 20, 20);
        double top = 26 + heading.size() * 20;
        double bottom = top + height * classes;
        drawing.text("true class", Type.LABEL, Anchor.START, EDGE, top - 8);
        List<String> names = namesInRoom();
        for (int i = 0; i < classes; i++) {
            double middle = top + height * (i + 0.5);
            drawing.text(names.get(i), Type.TICK, Anchor.END, LEFT - 8, middle + 4);
            drawing.text(names.get(i), Type.TICK, Anchor.MIDDLE, LEFT + width * (i + 0.5), bottom + 18);
            for (int j = 0; j < classes; j++) {
                cell(LEFT + width * j, top + height * i, matrix.counts()[i][j], share(i, j));
            }
        }
        drawing.text("predicted class", Type.LABEL, Anchor.MIDDLE, LEFT + SIDE / 2.0, bottom + 38);
        double next = scale(bottom + 52) + 14;
        if (!names.equals(matrix.classes())) {
            for (int i = 0; i < classes; i++) {
                String line = names.get(i) + "  " + matrix.classes().get(i);
                drawing.text(Drawing.fitted(line, Type.TICK, WIDTH - 2.0 * EDGE), Type.TICK, Anchor.START, EDGE, next);
                next += ROW;
            }
        }
        return new Svg(id, WIDTH, (int) next, title, description(), data(), drawing.toString());
    }

    /** The classes' names where all of them fit, else numbers that are explained below. */
    private List<String> namesInRoom() {
        double room = Math.min(LEFT - 8 - EDGE, width - 6);
        boolean fit = matrix.classes().stream().allMatch(name -> TextWidth.of(name, Type.TICK) <= room);
        return fit
                ? matrix.classes()
                : IntStream.rangeClosed(1, classes).mapToObj(Integer::toString).toList();
    }

    private double share(int truth, int predicted) {
        int support = matrix.perClass(truth).support();
        return support == 0 ? 0 : (double) matrix.counts()[truth][predicted] / support;
    }

    private void cell(double x, double y, int count, double share) {
        drawing.rectangle("heat", opacity(share), x + 1, y + 1, width - 2, height - 2);
        String number = String.format(Locale.ROOT, "%,d", count);
        String percent = String.format(Locale.ROOT, "%.1f %%", 100 * share);
        double middle = x + width / 2;
        boolean both = height >= 50 && TextWidth.of(percent, Type.CELL) <= width - 6;
        drawing.text(
                number, Type.COUNT.fitting(number, width - 6), Anchor.MIDDLE, middle, y + height / 2 + (both ? 0 : 7));
        if (both) {
            drawing.text(percent, Type.CELL, Anchor.MIDDLE, middle, y + height / 2 + 20);
        }
    }

    /** What the shades mean; returns where it ends. */
    private double scale(double y) {
        double step = 6;
        double start = WIDTH - EDGE - TextWidth.of("100 %", Type.TICK) - 8 - STEPS * step;
        drawing.text("share of the true class: 0 %", Type.TICK, Anchor.END, start - 8, y + 11);
        for (int s = 0; s < STEPS; s++) {
            drawing.rectangle("heat", opacity((s + 0.5) / STEPS), start + s * step, y, step, 13);
        }
        drawing.text("100 %", Type.TICK, Anchor.START, start + STEPS * step + 8, y + 11);
        return y + 24;
    }

    private static double opacity(double share) {
        return FAINTEST + (STRONGEST - FAINTEST) * share;
    }

    private String description() {
        StringBuilder text = new StringBuilder("Rows are the true class, columns the predicted one.");
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                text.append(" True ")
                        .append(matrix.classes().get(i))
                        .append(", predicted ")
                        .append(matrix.classes().get(j))
                        .append(": ")
                        .append(matrix.counts()[i][j])
                        .append('.');
            }
        }
        return text.toString();
    }

    private List<List<String>> data() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("true class", "predicted class", "images", "share of the true class"));
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                table.add(List.of(
                        matrix.classes().get(i),
                        matrix.classes().get(j),
                        Integer.toString(matrix.counts()[i][j]),
                        Double.toString(share(i, j))));
            }
        }
        return table;
    }
}
