package org.lesionforge.report;

import java.util.Locale;
import org.lesionforge.metric.ConfusionMatrix;

/** A confusion matrix as a heat map: rows are the truth, colour is the share of the row. */
final class ConfusionChart {
    private static final int WIDTH = 440;
    private static final int LEFT = 118;
    private static final int TOP = 36;
    private static final int SIDE = 300;
    private static final int LONGEST_NAME = 13;

    private ConfusionChart() {}

    static Svg svg(String id, String title, ConfusionMatrix matrix) {
        int k = matrix.classes().size();
        double width = (double) SIDE / k;
        double height = width * 0.72;
        double bottom = TOP + height * k;
        Markup body = new Markup();
        StringBuilder description = new StringBuilder("Rows are the true class, columns the predicted one.");
        body.element("text", title, "class", "chart-title", "x", "12", "y", "20");
        for (int i = 0; i < k; i++) {
            String name = matrix.classes().get(i);
            label(body, shortened(name), "tick end", LEFT - 8, TOP + height * (i + 0.5) + 4);
            label(body, shortened(name), "tick middle", LEFT + width * (i + 0.5), bottom + 18);
            int support = matrix.perClass(i).support();
            for (int j = 0; j < k; j++) {
                int count = matrix.counts()[i][j];
                double share = support == 0 ? 0 : (double) count / support;
                cell(body, LEFT + width * j, TOP + height * i, width, height, count, share);
                description
                        .append(" True ")
                        .append(name)
                        .append(", predicted ")
                        .append(matrix.classes().get(j))
                        .append(": ")
                        .append(count)
                        .append('.');
            }
        }
        label(body, "predicted class", "axis-label middle", LEFT + SIDE / 2.0, bottom + 38);
        body.element(
                "text",
                "true class",
                "class",
                "axis-label middle",
                "transform",
                "translate(16 " + number(TOP + height * k / 2) + ") rotate(-90)");
        drawScale(body, bottom + 52);
        return new Svg(id, WIDTH, (int) bottom + 84, title, description.toString(), body.toString());
    }

    private static void cell(Markup body, double x, double y, double width, double height, int count, double share) {
        rectangle(body, x + 1, y + 1, width - 2, height - 2, share);
        String ink = share > 0.55 ? "on-heat" : "ink";
        double middle = x + width / 2;
        label(body, String.format(Locale.ROOT, "%,d", count), "count middle " + ink, middle, y + height / 2 + 2);
        label(body, percent(share), "tick middle " + ink, middle, y + height / 2 + 20);
    }

    private static void drawScale(Markup body, double y) {
        int steps = 20;
        double width = SIDE * 0.5 / steps;
        label(body, "share of the true class  0 %", "tick end", LEFT + SIDE * 0.5 - 8, y + 11);
        for (int s = 0; s < steps; s++) {
            body.empty(
                    "rect",
                    "class",
                    "heat",
                    "fill-opacity",
                    opacity((s + 0.5) / steps),
                    "x",
                    number(LEFT + SIDE * 0.5 + s * width * 0.7),
                    "y",
                    number(y),
                    "width",
                    number(width * 0.7),
                    "height",
                    "13");
        }
        label(body, "100 %", "tick start", LEFT + SIDE * 0.5 + SIDE * 0.35 + 8, y + 11);
    }

    private static void rectangle(Markup body, double x, double y, double width, double height, double share) {
        body.empty(
                "rect",
                "class",
                "heat",
                "rx",
                "4",
                "fill-opacity",
                opacity(share),
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height));
    }

    private static void label(Markup body, String text, String style, double x, double y) {
        body.element("text", text, "class", style, "x", number(x), "y", number(y));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String opacity(double share) {
        return String.format(Locale.ROOT, "%.3f", 0.06 + 0.94 * share);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
