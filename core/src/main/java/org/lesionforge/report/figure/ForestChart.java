package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.report.figure.Drawing.Anchor;

/** Differences with their intervals around a line at nothing: a heading for each arm, below it a row for each measure. */
public final class ForestChart {
    private static final int WIDTH = 440;
    private static final int EDGE = 12;
    private static final int LEFT = 200;
    private static final int RIGHT = WIDTH - 20;
    private static final int HEADING = 26;
    private static final int LINE = 17;
    private static final int MOST_LINES = 3;
    private static final int MOST_TICKS = 5;

    private final List<String> arms = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(String arm, String measure, double value, double low, double high) {
        List<String> name() {
            return Drawing.wrapped(measure, Type.TICK, LEFT - EDGE - 12, MOST_LINES);
        }

        double height() {
            return name().size() * LINE + 6;
        }
    }

    /**
     * Adds an arm's difference in a measure, in percentage points; one that is not finite, or has no finite interval,
     * is left out.
     *
     * @param arm title of the arm, which its rows stand below
     * @param measure name of the measure, for people
     * @param value the difference
     * @param low lower end of its interval
     * @param high upper end of its interval
     */
    public void add(String arm, String measure, double value, double low, double high) {
        if (!arms.contains(arm)) {
            arms.add(arm);
        }
        if (Double.isFinite(value) && Double.isFinite(low) && Double.isFinite(high)) {
            rows.add(new Row(arm, measure, value, low, high));
        }
    }

    /** {@return whether there is no row to draw} */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * {@return the drawing of what was added so far}
     *
     * @param reference title of the arm that the differences are from
     */
    public Svg svg(String reference) {
        String title = "Change from “" + reference + "”, in percentage points";
        List<String> heading = Drawing.wrapped(title, Type.TITLE, WIDTH - 2.0 * EDGE, 3);
        Axis axis = axis();
        Drawing drawing = new Drawing();
        StringBuilder description = new StringBuilder("Dots are differences, bars their 95 % intervals.");
        drawing.texts(heading, Type.TITLE, Anchor.START, EDGE, 20, 20);
        double top = 12 + heading.size() * 20;
        double bottom =
                top + rows.stream().mapToDouble(Row::height).sum() + shownArms().size() * HEADING + 4;
        for (double tick : axis.ticks()) {
            double at = axis.position(tick, LEFT, RIGHT);
            drawing.line(Math.abs(tick) < axis.step() / 2 ? "axis" : "grid", at, top, at, bottom);
            drawing.text(axis.label(tick), Type.TICK, Anchor.MIDDLE, at, bottom + 19);
        }
        double y = top;
        for (String arm : shownArms()) {
            y += HEADING;
            drawing.text(
                    Drawing.fitted(arm, Type.HEADING, WIDTH - 2.0 * EDGE), Type.HEADING, Anchor.START, EDGE, y - 4);
            // Of the arms the first is what the others are compared with.
            String tone = Tone.ofArm(arms.indexOf(arm) + 1).style();
            for (Row row : rows.stream().filter(each -> each.arm.equals(arm)).toList()) {
                draw(drawing, row, tone, y + row.height() / 2, axis);
                description.append(' ').append(words(row)).append('.');
                y += row.height();
            }
        }
        drawing.text("← lower", Type.LABEL, Anchor.START, LEFT, bottom + 40);
        drawing.text("higher →", Type.LABEL, Anchor.END, RIGHT, bottom + 40);
        return new Svg(
                "fig0-answer", WIDTH, (int) bottom + 50, title, description.toString(), data(), drawing.toString());
    }

    private List<String> shownArms() {
        return rows.stream().map(Row::arm).distinct().toList();
    }

    private Axis axis() {
        double low = Math.min(-1, rows.stream().mapToDouble(Row::low).min().orElse(0));
        double high = Math.max(1, rows.stream().mapToDouble(Row::high).max().orElse(0));
        for (int ticks = MOST_TICKS; ticks > 1; ticks--) {
            Axis axis = Axis.around(low, high, ticks);
            double between = axis.step() / (axis.high() - axis.low()) * (RIGHT - LEFT);
            double widest = axis.ticks().stream()
                    .mapToDouble(tick -> TextWidth.of(axis.label(tick), Type.TICK))
                    .max()
                    .orElse(0);
            if (widest + 6 < between) {
                return axis;
            }
        }
        return Axis.around(low, high, 1);
    }

    private static void draw(Drawing drawing, Row row, String tone, double y, Axis axis) {
        List<String> name = row.name();
        double first = y + 4 - (name.size() - 1) * LINE / 2.0;
        drawing.texts(name, Type.TICK, Anchor.END, LEFT - 12, first, LINE);
        drawing.line(
                "interval " + tone, axis.position(row.low, LEFT, RIGHT), y, axis.position(row.high, LEFT, RIGHT), y);
        drawing.dot("dot " + tone, axis.position(row.value, LEFT, RIGHT), y, 5);
    }

    private static String words(Row row) {
        return row.arm + ", " + row.measure + ": " + NumberText.signed(row.value, 2) + " ("
                + NumberText.signed(row.low, 2) + " to " + NumberText.signed(row.high, 2) + ")";
    }

    private List<List<String>> data() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("arm", "measure", "percentage points", "low", "high"));
        for (Row row : rows) {
            table.add(List.of(
                    row.arm,
                    row.measure,
                    Double.toString(row.value),
                    Double.toString(row.low),
                    Double.toString(row.high)));
        }
        return table;
    }
}
