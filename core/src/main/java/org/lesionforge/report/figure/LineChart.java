package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.report.figure.Drawing.Anchor;

/** Lines over a common horizontal axis, with title, legend, labelled axes and grid. */
public final class LineChart {
    private static final int WIDTH = 440;
    private static final int EDGE = 12;
    private static final int RIGHT = 16;
    private static final int ROW = 18;
    private static final int KEY = 34;
    private static final int MOST_TICKS = 6;

    /** More bands than this cover each other. */
    public static final int MOST_BANDS = 3;

    private final String id;
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> lines = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private int plotHeight = 190;
    private double marked = Double.NaN;
    private String mark = "";
    private @Nullable Axis fixedX;
    private @Nullable Axis fixedY;
    private boolean diagonal;

    /**
     * A chart without lines.
     *
     * @param id unique on the page; also the name of the drawing's file
     * @param title what it shows, in a few words
     * @param xLabel of the horizontal axis, with its unit
     * @param yLabel of the vertical axis, with its unit
     */
    public LineChart(String id, String title, String xLabel, String yLabel) {
        this.id = id;
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /**
     * Adds a line.
     *
     * @param series left out when it has no finite value
     * @return this chart
     */
    public LineChart add(Series series) {
        if (!series.isEmpty()) {
            lines.add(series);
        }
        return this;
    }

    /**
     * Adds a shaded band behind every line.
     *
     * @param band in the units of the axes; of more than {@value #MOST_BANDS} none is drawn
     * @return this chart
     */
    public LineChart add(Band band) {
        bands.add(band);
        return this;
    }

    /**
     * Sets the chart's vertical line, with a word beside it.
     *
     * @param x where it is, in the unit of the horizontal axis; {@code NaN} for none
     * @param word in place of an earlier one
     * @return this chart
     */
    public LineChart mark(double x, String word) {
        marked = x;
        mark = word;
        return this;
    }

    /**
     * The vertical axis goes from 0 to 1 whatever the values.
     *
     * @return this chart
     */
    public LineChart unitHeight() {
        fixedY = new Axis(0, 1, 0.2);
        return this;
    }

    /**
     * Both axes go from 0 to 1 and are equally long.
     *
     * @return this chart
     */
    public LineChart unitAxes() {
        fixedX = new Axis(0, 1, 0.2);
        plotHeight = 340;
        return unitHeight();
    }

    /**
     * As {@link #unitAxes}; the diagonal is drawn.
     *
     * @return this chart
     */
    public LineChart unitSquare() {
        diagonal = true;
        return unitAxes();
    }

    /** {@return whether there is no line to draw} */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** {@return the drawing of what was added so far} */
    public Svg svg() {
        List<String> heading = Drawing.wrapped(title, Type.TITLE, WIDTH - 2.0 * EDGE, 2);
        List<String> yName = Drawing.wrapped(yLabel, Type.LABEL, WIDTH - 2.0 * EDGE, 2);
        List<String> xName = Drawing.wrapped(xLabel, Type.LABEL, WIDTH - 2.0 * EDGE, 2);
        List<List<Series>> legend = legendRows();
        double legendTop = 20 + heading.size() * 20;
        double top = legendTop + (legend.size() + yName.size()) * ROW;
        double bottom = top + plotHeight;
        Axis y = fixedY == null ? vertical() : fixedY;
        double left = 19
                + y.ticks().stream()
                        .mapToDouble(tick -> TextWidth.of(y.label(tick), Type.TICK))
                        .max()
                        .orElse(0);
        Axis x = fixedX == null ? horizontal(left) : fixedX;
        Plot plot = new Plot(x, y, left, WIDTH - RIGHT, top, bottom);
        Drawing drawing = new Drawing();
        drawing.texts(heading, Type.TITLE, Anchor.START, EDGE, 20, 20);
        drawLegend(drawing, legend, legendTop);
        drawing.texts(yName, Type.LABEL, Anchor.START, EDGE, legendTop + legend.size() * ROW, ROW);
        drawAxes(drawing, plot);
        drawing.texts(xName, Type.LABEL, Anchor.MIDDLE, WIDTH / 2.0, bottom + 44, ROW);
        if (diagonal) {
            drawing.line("guide", plot.left(), plot.bottom(), plot.right(), plot.top());
        }
        if (Double.isFinite(marked)) {
            drawMark(drawing, plot);
        }
        if (bands.size() <= MOST_BANDS) {
            bands.forEach(band -> shade(drawing, band, plot));
        }
        drawLines(drawing, plot);
        return new Svg(
                id,
                WIDTH,
                (int) bottom + 34 + xName.size() * ROW,
                title,
                description(),
                new ChartData(xLabel, yLabel).of(lines, bands),
                drawing.toString());
    }

    private record Plot(Axis x, Axis y, double left, double right, double top, double bottom) {
        double width() {
            return right - left;
        }

        double across(double value) {
            return x.position(value, left, right);
        }

        double up(double value) {
            return y.position(value, bottom, top);
        }
    }

    /** With as many ticks as have room for their labels, two of them at least. */
    private Axis horizontal(double left) {
        double[] all = lines.stream()
                .flatMapToDouble(series -> Arrays.stream(series.x()))
                .toArray();
        double low = Arrays.stream(all).min().orElse(0);
        double high = Arrays.stream(all).max().orElse(1);
        boolean whole = Arrays.stream(all).allMatch(value -> value == Math.rint(value));
        for (int ticks = MOST_TICKS; ticks > 1; ticks--) {
            Axis axis = whole ? Axis.ofWholeNumbers(low, high, ticks) : Axis.exactly(low, high, ticks);
            if (axis.ticks().size() > 1 && hasRoom(axis, left)) {
                return axis;
            }
        }
        return (whole ? Axis.ofWholeNumbers(low, high, 2) : Axis.exactly(low, high, 2)).widened();
    }

    private static boolean hasRoom(Axis axis, double left) {
        double used = Double.NEGATIVE_INFINITY;
        for (double tick : axis.ticks()) {
            double half = TextWidth.of(axis.label(tick), Type.TICK) / 2;
            double middle = labelled(axis, tick, left);
            if (middle - half < used + 8) {
                return false;
            }
            used = middle + half;
        }
        return true;
    }

    /** Where the middle of a tick's label is: below the tick, and inside the drawing. */
    private static double labelled(Axis axis, double tick, double left) {
        double half = TextWidth.of(axis.label(tick), Type.TICK) / 2;
        return Math.min(axis.position(tick, left, WIDTH - RIGHT), WIDTH - 2 - half);
    }

    /** Smoothed lines set the axis by all but their wildest hundredth, which else would squeeze the rest flat. */
    private Axis vertical() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series series : lines) {
            double[] sorted =
                    Arrays.stream(series.y()).filter(Double::isFinite).sorted().toArray();
            int cut = series.style() == Series.Style.SMOOTHED ? sorted.length / 100 : 0;
            low = Math.min(low, sorted[cut]);
            high = Math.max(high, sorted[sorted.length - 1 - cut]);
        }
        boolean nearZero = low >= 0 && low < 0.35 * high;
        return Axis.around(nearZero ? 0 : low, high, 5);
    }

    private static void drawAxes(Drawing drawing, Plot plot) {
        for (double tick : plot.y().ticks()) {
            double at = plot.up(tick);
            drawing.line("grid", plot.left(), at, plot.right(), at);
            drawing.text(plot.y().label(tick), Type.TICK, Anchor.END, plot.left() - 7, at + 4);
        }
        for (double tick : plot.x().ticks()) {
            double at = plot.across(tick);
            drawing.line("axis", at, plot.bottom(), at, plot.bottom() + 5);
            drawing.text(
                    plot.x().label(tick),
                    Type.TICK,
                    Anchor.MIDDLE,
                    labelled(plot.x(), tick, plot.left()),
                    plot.bottom() + 23);
        }
        drawing.line("axis", plot.left(), plot.bottom(), plot.right(), plot.bottom());
    }

    private void drawMark(Drawing drawing, Plot plot) {
        double at = plot.across(marked);
        boolean toTheLeft = at > plot.left() + plot.width() * 0.6;
        drawing.line("mark", at, plot.top(), at, plot.bottom());
        drawing.text(
                mark, Type.MARK, toTheLeft ? Anchor.END : Anchor.START, at + (toTheLeft ? -5 : 5), plot.top() + 14);
    }

    private List<List<Series>> legendRows() {
        List<List<Series>> rows = new ArrayList<>();
        double used = WIDTH;
        for (Series series : lines) {
            double width = legendWidth(series);
            if (used + width > WIDTH - EDGE) {
                rows.add(new ArrayList<>());
                used = EDGE;
            }
            rows.get(rows.size() - 1).add(series);
            used += width;
        }
        return rows;
    }

    private static String legendName(Series series) {
        return Drawing.fitted(series.name(), Type.TICK, WIDTH - 2 * EDGE - KEY);
    }

    private static double legendWidth(Series series) {
        return KEY + 14 + TextWidth.of(legendName(series), Type.TICK);
    }

    private static void drawLegend(Drawing drawing, List<List<Series>> rows, double top) {
        double y = top;
        for (List<Series> row : rows) {
            double x = EDGE;
            for (Series series : row) {
                drawing.line("line " + series.tone().style(), x, y - 4, x + KEY - 6, y - 4);
                drawing.text(legendName(series), Type.TICK, Anchor.START, x + KEY, y);
                x += legendWidth(series);
            }
            y += ROW;
        }
    }

    private static void shade(Drawing drawing, Band band, Plot plot) {
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < band.x().length; i++) {
            corner(outline, plot, band.x()[i], band.low()[i]);
        }
        for (int i = band.x().length - 1; i >= 0; i--) {
            corner(outline, plot, band.x()[i], band.high()[i]);
        }
        drawing.polygon("band " + band.tone().style(), outline.toString().strip());
    }

    private static void corner(StringBuilder outline, Plot plot, double x, double y) {
        if (Double.isFinite(y)) {
            outline.append(Drawing.number(plot.across(x)))
                    .append(',')
                    .append(Drawing.number(plot.up(y)))
                    .append(' ');
        }
    }

    private void drawLines(Drawing drawing, Plot plot) {
        int pixels = (int) plot.width();
        for (Series series : lines) {
            if (series.style() == Series.Style.SMOOTHED) {
                path(drawing, series.thinned(pixels), plot, "raw");
            }
        }
        for (Series series : lines) {
            boolean smoothed = series.style() == Series.Style.SMOOTHED;
            path(drawing, (smoothed ? series.average() : series).thinned(pixels), plot, "line");
            if (series.style() == Series.Style.POINTS) {
                for (int i = 0; i < series.y().length; i++) {
                    dot(drawing, series, i, plot, series.y().length > 40 ? 2 : 3);
                }
            }
        }
    }

    private static void path(Drawing drawing, Series series, Plot plot, String style) {
        StringBuilder path = new StringBuilder();
        String last = "";
        boolean down = false;
        double[] y = series.y();
        for (int i = 0; i < y.length; i++) {
            if (!Double.isFinite(y[i])) {
                down = false;
                continue;
            }
            boolean alone = !down && (i + 1 == y.length || !Double.isFinite(y[i + 1]));
            if (alone) {
                // A line of one point has no length, and would not be seen.
                dot(drawing, series, i, plot, 2);
            }
            String point = Drawing.number(plot.across(series.x()[i])) + " " + Drawing.number(plot.up(y[i]));
            if (!down || !point.equals(last)) {
                path.append(down ? "L" : "M").append(point);
            }
            last = point;
            down = true;
        }
        drawing.path(style + " " + series.tone().style(), path.toString());
    }

    private static void dot(Drawing drawing, Series series, int i, Plot plot, double radius) {
        if (Double.isFinite(series.y()[i])) {
            drawing.dot("dot " + series.tone().style(), plot.across(series.x()[i]), plot.up(series.y()[i]), radius);
        }
    }

    private String description() {
        StringBuilder text = new StringBuilder(yLabel + " against " + xLabel + ".");
        for (Series series : lines) {
            Series shown = series.style() == Series.Style.SMOOTHED ? series.average() : series;
            double[] finite = Arrays.stream(shown.y()).filter(Double::isFinite).toArray();
            text.append(' ')
                    .append(series.name())
                    .append(": from ")
                    .append(NumberText.plain(finite[0]))
                    .append(" to ")
                    .append(NumberText.plain(finite[finite.length - 1]))
                    .append('.');
        }
        return text.toString();
    }
}
