package org.lesionforge.report;

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
    /** From {@code low} to {@code high} exactly, with about {@code ticks} ticks. */
    static Axis exactly(double low, double high, int ticks) {
        if (high <= low) {
            double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
            return exactly(low - margin, low + margin, ticks);
        }
        return new Axis(low, high, niceStep((high - low) / ticks));
    }

    /** As {@link #exactly}, but no tick falls between two whole numbers. */
    static Axis ofWholeNumbers(double low, double high, int ticks) {
        Axis axis = high > low ? exactly(low, high, ticks) : exactly(low - 1, low + 1, ticks);
        return new Axis(axis.low, axis.high, Math.max(1, axis.step));
    }

    /** Widened to the next tick on both sides. */
    static Axis around(double low, double high, int ticks) {
        Axis axis = exactly(low, high, ticks);
        double from = Math.floor(axis.low / axis.step + 1e-9) * axis.step;
        double to = Math.ceil(axis.high / axis.step - 1e-9) * axis.step;
        return new Axis(from, to, axis.step);
    }

    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** With as many decimals as the step needs, thousands separated. */
    String label(double tick) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", tick + 0.0);
    }

    /** Where {@code value} lies between the pixels {@code from} and {@code to}; values outside the axis lie on its end. */
    double position(double value, double from, double to) {
        double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
        return from + share * (to - from);
    }
}
