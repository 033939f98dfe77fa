package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with ticks at round numbers.
 *
 * @param low value at its start
 * @param high value at its end, above {@code low}
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double low, double high, double step) {
    /** From here on labels have a power of ten: more digits than a chart has room for. */
    private static final double LARGE = 1e7;

    private static final double SMALL = 1e-4;

    /** Values that differ by less of their size are drawn as equal; labels would need more digits than there is room for. */
    private static final double SAME = 1e-4;

    /** Sums and differences of larger ones overflow. */
    private static final double LARGEST = 1e150;

    /** From {@code low} to {@code high} exactly, with about {@code ticks} ticks. */
    static Axis exactly(double low, double high, int ticks) {
        double from = Math.max(-LARGEST, Math.min(LARGEST, low));
        double to = Math.max(-LARGEST, Math.min(LARGEST, high));
        double size = Math.max(Math.abs(from), Math.abs(to));
        if (to - from <= size * SAME) {
            double margin = size == 0 ? 1 : size * 0.1;
            return exactly(from == 0 ? 0 : from - margin, to + margin, ticks);
        }
        return new Axis(from, to, niceStep((to - from) / ticks));
    }

    /** As {@link #exactly}, but no tick falls between two whole numbers. */
    static Axis ofWholeNumbers(double low, double high, int ticks) {
        double from = high > low ? low : low - 1;
        double to = high > low ? high : high + 1;
        return new Axis(from, to, Math.max(1, niceStep((to - from) / ticks)));
    }

    /** Widened to the next tick on both sides. */
    static Axis around(double low, double high, int ticks) {
        return exactly(low, high, ticks).widened();
    }

    Axis widened() {
        return new Axis(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
    }

    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double first = Math.ceil(low / step - 1e-9);
        long count = (long) Math.floor(high / step - first + 1e-9) + 1;
        for (long k = 0; k < count; k++) {
            ticks.add((first + k) * step);
        }
        return ticks;
    }

    /** With as many decimals as the step needs, thousands separated and a true minus. */
    String label(double tick) {
        int magnitude = exponent(step);
        double value = tick + 0.0;
        boolean plain = Math.max(Math.abs(low), Math.abs(high)) < LARGE && step >= SMALL * (1 - 1e-9);
        if (plain) {
            return String.format(Locale.ROOT, "%,." + Math.max(0, -magnitude) + "f", value)
                    .replace('-', '−');
        }
        if (value == 0) {
            return "0";
        }
        int decimals = Math.max(0, exponent(Math.abs(value)) - magnitude);
        return String.format(Locale.ROOT, "%." + decimals + "e", value)
                .replaceFirst("e([+-])0*(\\d)", "e$1$2")
                .replace("e+", "e")
                .replace('-', '−');
    }

    private static int exponent(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-9);
    }

    /** Where {@code value} lies between the pixels {@code from} and {@code to}; values outside the axis lie on its end. */
    double position(double value, double from, double to) {
        double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
        return from + share * (to - from);
    }
}
