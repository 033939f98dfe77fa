package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Differences with their intervals, one row each, around a line at nothing. */
final class ForestChart {
    private static final int WIDTH = 770;
    private static final int LEFT = 300;
    private static final int RIGHT = WIDTH - 24;
    private static final int ROW = 46;
    private static final int LONGEST_NAME = 34;
    private static final int LEGEND_COLUMNS = 3;
    private static final int LEGEND_ROW = 20;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String name, String measure, double value, double low, double high) {}

    /** Adds an arm's difference in a measure, in percentage points; {@code NaN} is left out. */
    void add(String name, String measure, double value, double low, double high) {
        if (Double.isFinite(value) && Double.isFinite(low) && Double.isFinite(high)) {
            rows.add(new Row(name, measure, value, low, high));
        }
    }

    /** In the order in which they came; the n-th has the n-th colour. */
    private List<String> measures() {
        return rows.stream().map(Row::measure).distinct().toList();
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
        int top = top();
        double bottom = top + ROW / 2.0 * rows.size();
        for (double tick : axis.ticks()) {
            double at = axis.position(tick, LEFT, RIGHT);
            line(body, tick == 0 ? "axis" : "grid", at, top - 6, at, bottom);
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

    private void legend(Markup body) {
        for (int i = 0; i < measures().size(); i++) {
            double x = 12 + i % LEGEND_COLUMNS * ((WIDTH - 24.0) / LEGEND_COLUMNS);
            double y = 40 + i / LEGEND_COLUMNS * LEGEND_ROW;
            line(body, "line c" + (i + 1), x, y, x + 26, y);
            label(body, measures().get(i), "tick start", x + 32, y + 4);
        }
    }

    /** Where the first row begins. */
    private int top() {
        return 60 + (Math.max(0, measures().size() - 1) / LEGEND_COLUMNS) * LEGEND_ROW;
    }

    private void draw(Markup body, Row row, int i, Axis axis) {
        double y = top() + ROW / 2.0 * (i + 0.5);
        int colour = measures().indexOf(row.measure) + 1;
        boolean first = i == 0 || !rows.get(i - 1).name.equals(row.name);
        if (first) {
            label(body, shortened(row.name), "tick end", LEFT - 12, y + 5);
        }
        line(body, "line c" + colour, axis.position(row.low, LEFT, RIGHT), y, axis.position(row.high, LEFT, RIGHT), y);
        body.empty(
                "circle",
                "class",
                "dot c" + colour,
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
