package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Differences with their intervals, one row each, around a line at nothing. */
final class ForestChart {
    private static final int WIDTH = 770;
    private static final int LEFT = 300;
    private static final int RIGHT = WIDTH - 24;
    private static final int TOP = 60;
    private static final int ROW = 46;
    private static final int LONGEST_NAME = 34;

    private final List<Row> rows = new ArrayList<>();

    /**
     * One difference, in percentage points.
     *
     * @param colour 1 or 2: what is measured
     */
    private record Row(String name, String measure, double value, double low, double high, int colour) {}

    /** Adds an arm's difference in accuracy; {@code NaN} is left out. */
    void accuracy(String name, double value, double low, double high) {
        add(new Row(name, "accuracy", value, low, high, 1));
    }

    /** Adds an arm's difference in ROC AUC; {@code NaN} is left out. */
    void area(String name, double value, double low, double high) {
        add(new Row(name, "ROC AUC", value, low, high, 2));
    }

    private void add(Row row) {
        if (Double.isFinite(row.value) && Double.isFinite(row.low) && Double.isFinite(row.high)) {
            rows.add(row);
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param reference what the differences are from */
    Svg svg(String reference) {
        double low = rows.stream().mapToDouble(Row::low).min().orElse(0);
        double high = rows.stream().mapToDouble(Row::high).max().orElse(0);
        Axis axis = Axis.around(Math.min(-1, low), Math.max(1, high), 6);
        String title = "Change from “" + reference + "”, in percentage points";
        Markup body = new Markup();
        StringBuilder description = new StringBuilder("Dots are differences, bars their 95 % intervals.");
        body.element("text", title, "class", "chart-title", "x", "12", "y", "22");
        legend(body);
        double bottom = TOP + ROW / 2.0 * rows.size();
        for (double tick : axis.ticks()) {
            double at = axis.position(tick, LEFT, RIGHT);
            line(body, tick == 0 ? "axis" : "grid", at, TOP - 6, at, bottom);
            label(body, axis.label(tick), "tick middle", at, bottom + 18);
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(body, rows.get(i), i, axis);
            description.append(' ').append(words(rows.get(i))).append('.');
        }
        label(body, "← worse", "axis-label start", LEFT, bottom + 36);
        label(body, "better →", "axis-label end", RIGHT, bottom + 36);
        return new Svg("fig0-answer", WIDTH, (int) bottom + 48, title, description.toString(), body.toString());
    }

    private static void legend(Markup body) {
        double x = 12;
        for (int colour = 1; colour <= 2; colour++) {
            line(body, "line c" + colour, x, 40, x + 26, 40);
            label(body, colour == 1 ? "accuracy" : "ROC AUC", "tick start", x + 32, 44);
            x += 110;
        }
    }

    private void draw(Markup body, Row row, int i, Axis axis) {
        double y = TOP + ROW / 2.0 * (i + 0.5);
        boolean first = i == 0 || !rows.get(i - 1).name.equals(row.name);
        if (first) {
            label(body, shortened(row.name), "tick end", LEFT - 12, y + 5);
        }
        line(
                body,
                "line c" + row.colour,
                axis.position(row.low, LEFT, RIGHT),
                y,
                axis.position(row.high, LEFT, RIGHT),
                y);
        body.empty(
                "circle",
                "class",
                "dot c" + row.colour,
                "cx",
                number(axis.position(row.value, LEFT, RIGHT)),
                "cy",
                number(y),
                "r",
                "5");
    }

    private static String words(Row row) {
        return row.name + ", " + row.measure + ": " + Numbers.signed(row.value, 2) + " (" + Numbers.signed(row.low, 2)
                + " to " + Numbers.signed(row.high, 2) + ")";
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static void line(Markup body, String style, double x1, double y1, double x2, double y2) {
        body.empty("line", "class", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    private static void label(Markup body, String text, String style, double x, double y) {
        body.element("text", text, "class", style, "x", number(x), "y", number(y));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
