package org.lesionforge.report.figure;

import java.util.Arrays;

/**
 * One line of a chart.
 *
 * @param name for the legend
 * @param x ascending
 * @param y same length; {@code NaN} interrupts the line
 * @param tone how it is told from the others
 * @param style how it is drawn
 */
public record Series(String name, double[] x, double[] y, Tone tone, Style style) {
    /** How a line is drawn. */
    public enum Style {
        /** The line alone. */
        LINE,
        /** The line and a dot at each value. */
        POINTS,
        /** Every value faintly, and a centred moving average. */
        SMOOTHED
    }

    boolean isEmpty() {
        return Arrays.stream(y).noneMatch(Double::isFinite);
    }

    /** {@return how many values one smoothed value averages: a fiftieth of all, at least 1} */
    public int window() {
        return Math.max(1, y.length / 50);
    }

    /** Centred moving average; shorter windows at the ends. */
    Series average() {
        int half = window() / 2;
        double[] sums = new double[y.length + 1];
        int[] counts = new int[y.length + 1];
        for (int i = 0; i < y.length; i++) {
            boolean finite = Double.isFinite(y[i]);
            sums[i + 1] = sums[i] + (finite ? y[i] : 0);
            counts[i + 1] = counts[i] + (finite ? 1 : 0);
        }
        double[] averages = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int from = Math.max(0, i - half);
            int to = Math.min(y.length, i + half + 1);
            averages[i] = (sums[to] - sums[from]) / (counts[to] - counts[from]);
        }
        return new Series(name, x, averages, tone, Style.LINE);
    }

    /** At most {@code 2 bins} values that draw the same: of each bin the smallest and the largest, in their order. */
    Series thinned(int bins) {
        if (y.length <= 2 * bins) {
            return this;
        }
        double[] thinX = new double[2 * bins];
        double[] thinY = new double[2 * bins];
        for (int b = 0; b < bins; b++) {
            int from = (int) ((long) y.length * b / bins);
            int to = (int) ((long) y.length * (b + 1) / bins);
            int least = from;
            int most = from;
            for (int i = from; i < to; i++) {
                least = y[i] < y[least] || Double.isNaN(y[least]) ? i : least;
                most = y[i] > y[most] || Double.isNaN(y[most]) ? i : most;
            }
            int first = Math.min(least, most);
            int second = Math.max(least, most);
            thinX[2 * b] = x[first];
            thinY[2 * b] = y[first];
            thinX[2 * b + 1] = x[second];
            thinY[2 * b + 1] = y[second];
        }
        return new Series(name, thinX, thinY, tone, style);
    }
}
