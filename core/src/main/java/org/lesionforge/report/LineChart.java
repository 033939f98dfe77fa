package org.lesionforge.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lines over a common horizontal axis, with title, labelled axes, grid and legend. */
final class LineChart {
    private static final int WIDTH = 440;
    private static final int LEFT = 66;
    private static final int RIGHT = 16;
    private static final int BOTTOM = 48;
    private static final int ROW = 18;
    private static final double CHARACTER = 7.6;

    private final String id;
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> lines = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private int plotHeight = 190;
    private double marked = Double.NaN;
    private String mark = "";
    private Axis fixedX;
    private Axis fixedY;
    private boolean diagonal;

    LineChart(String id, String title, String xLabel, String yLabel) {
        this.id = id;
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    LineChart add(Series series) {
        if (!series.isEmpty()) {
            lines.add(series);
        }
        return this;
    }

    /** Shaded, behind every line. */
    LineChart add(Band band) {
        bands.add(band);
        return this;
    }

    /** A vertical line at {@code x}, with a word beside it. */
    LineChart mark(double x, String word) {
        marked = x;
        mark = word;
        return this;
    }

    /** The vertical axis goes from 0 to 1 whatever the values. */
    LineChart unitHeight() {
        fixedY = new Axis(0, 1, 0.2);
        return this;
    }

    /** Both axes go from 0 to 1 and are equally long. */
    LineChart unitAxes() {
        fixedX = new Axis(0, 1, 0.2);
        plotHeight = WIDTH - LEFT - RIGHT;
        return unitHeight();
    }

    /** As {@link #unitAxes}; the diagonal is drawn. */
    LineChart unitSquare() {
        diagonal = true;
        return unitAxes();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    Svg svg() {
        List<List<Series>> legend = legendRows();
        double top = 34 + legend.size() * ROW;
        double bottom = top + plotHeight;
        Axis x = fixedX == null ? horizontal() : fixedX;
        Axis y = fixedY == null ? vertical() : fixedY;
        Plot plot = new Plot(x, y, LEFT, WIDTH - RIGHT, top, bottom);
        Markup body = new Markup();
        body.element("text", title, "class", "chart-title", "x", "12", "y", "20");
        drawLegend(body, legend);
        drawAxes(body, plot);
        if (diagonal) {
            segment(body, "guide", plot.left(), plot.bottom(), plot.right(), plot.top());
        }
        if (Double.isFinite(marked)) {
            drawMark(body, plot);
        }
        bands.forEach(band -> shade(body, band, plot));
        for (Series series : lines) {
            if (series.style() == Series.Style.SMOOTHED) {
                path(body, series.thinned((int) plot.width()), plot, "raw c" + series.colour());
            }
        }
        for (Series series : lines) {
            Series line = series.style() == Series.Style.SMOOTHED ? series.average() : series;
            path(body, line.thinned((int) plot.width()), plot, "line c" + series.colour());
            if (series.style() == Series.Style.POINTS) {
                dots(body, series, plot);
            }
        }
        return new Svg(id, WIDTH, (int) bottom + BOTTOM, title, description(), body.toString());
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

    private Axis horizontal() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series series : lines) {
            low = Math.min(low, Arrays.stream(series.x()).min().orElse(0));
            high = Math.max(high, Arrays.stream(series.x()).max().orElse(1));
        }
        return Axis.ofWholeNumbers(low, high, 6);
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

    private void drawAxes(Markup body, Plot plot) {
        for (double tick : plot.y().ticks()) {
            double at = plot.up(tick);
            segment(body, "grid", plot.left(), at, plot.right(), at);
            label(body, plot.y().label(tick), "tick end", plot.left() - 7, at + 4);
        }
        for (double tick : plot.x().ticks()) {
            double at = plot.across(tick);
            segment(body, "axis", at, plot.bottom(), at, plot.bottom() + 5);
            label(body, plot.x().label(tick), "tick middle", at, plot.bottom() + 19);
        }
        segment(body, "axis", plot.left(), plot.bottom(), plot.right(), plot.bottom());
        label(body, xLabel, "axis-label middle", (plot.left() + plot.right()) / 2, plot.bottom() + 38);
        double middle = (plot.top() + plot.bottom()) / 2;
        body.element(
                "text",
                yLabel,
                "class",
                "axis-label middle",
                "transform",
                "translate(13 " + number(middle) + ") rotate(-90)");
    }

    private void drawMark(Markup body, Plot plot) {
        double at = plot.across(marked);
        boolean toTheLeft = at > plot.left() + plot.width() * 0.6;
        segment(body, "mark", at, plot.top(), at, plot.bottom());
        label(body, mark, "tick halo " + (toTheLeft ? "end" : "start"), at + (toTheLeft ? -5 : 5), plot.top() + 11);
    }

    private List<List<Series>> legendRows() {
        List<List<Series>> rows = new ArrayList<>();
        double used = WIDTH;
        for (Series series : lines) {
            double width = legendWidth(series);
            if (used + width > WIDTH - 12) {
                rows.add(new ArrayList<>());
                used = 12;
            }
            rows.get(rows.size() - 1).add(series);
            used += width;
        }
        return rows;
    }

    private static double legendWidth(Series series) {
        return 46 + series.name().length() * CHARACTER;
    }

    private static void drawLegend(Markup body, List<List<Series>> rows) {
        double y = 40;
        for (List<Series> row : rows) {
            double x = 12;
            for (Series series : row) {
                segment(body, "line c" + series.colour(), x, y - 4, x + 26, y - 4);
                label(body, series.name(), "tick start", x + 32, y);
                x += legendWidth(series);
            }
            y += ROW;
        }
    }

    private static void shade(Markup body, Band band, Plot plot) {
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < band.x().length; i++) {
            outline.append(number(plot.across(band.x()[i])))
                    .append(',')
                    .append(number(plot.up(band.low()[i])))
                    .append(' ');
        }
        for (int i = band.x().length - 1; i >= 0; i--) {
            outline.append(number(plot.across(band.x()[i])))
                    .append(',')
                    .append(number(plot.up(band.high()[i])))
                    .append(' ');
        }
        body.empty(
                        "polygon",
                        "class",
                        "band f" + band.colour(),
                        "points",
                        outline.toString().strip())
                .line();
    }

    private static void path(Markup body, Series series, Plot plot, String style) {
        StringBuilder path = new StringBuilder();
        String last = "";
        boolean down = false;
        for (int i = 0; i < series.y().length; i++) {
            if (!Double.isFinite(series.y()[i])) {
                down = false;
                continue;
            }
            String point = number(plot.across(series.x()[i])) + " " + number(plot.up(series.y()[i]));
            if (!down || !point.equals(last)) {
                path.append(down ? "L" : "M").append(point);
            }
            last = point;
            down = true;
        }
        body.empty("path", "class", style, "d", path.toString()).line();
    }

    private static void dots(Markup body, Series series, Plot plot) {
        for (int i = 0; i < series.y().length; i++) {
            if (Double.isFinite(series.y()[i])) {
                body.empty(
                        "circle",
                        "class",
                        "dot c" + series.colour(),
                        "cx",
                        number(plot.across(series.x()[i])),
                        "cy",
                        number(plot.up(series.y()[i])),
                        "r",
                        series.y().length > 40 ? "2" : "3");
            }
        }
    }

    private static void segment(Markup body, String style, double x1, double y1, double x2, double y2) {
        body.empty("line", "class", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    private static void label(Markup body, String text, String style, double x, double y) {
        body.element("text", text, "class", style, "x", number(x), "y", number(y));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private String description() {
        StringBuilder text = new StringBuilder(yLabel + " against " + xLabel + ".");
        for (Series series : lines) {
            Series shown = series.style() == Series.Style.SMOOTHED ? series.average() : series;
            double[] finite = Arrays.stream(shown.y()).filter(Double::isFinite).toArray();
            text.append(' ')
                    .append(series.name())
                    .append(": from ")
                    .append(Numbers.plain(finite[0]))
                    .append(" to ")
                    .append(Numbers.plain(finite[finite.length - 1]))
                    .append('.');
        }
        return text.toString();
    }
}
