package org.lesionforge.report.figure;

import java.util.Locale;

/** NumberText out of JSON and into text. */
public final class NumberText {
    /** Stands where a number is undefined or missing. */
    public static final String NONE = "–";

    private NumberText() {}

    public static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : NONE;
    }

    /** {@code 0.812 (0.780 to 0.840)}; without the interval where it is undefined. */
    public static String withInterval(double value, double low, double high) {
        String interval = Double.isFinite(low) && Double.isFinite(high)
                ? " (" + fixed(low, 3) + " to " + fixed(high, 3) + ")"
                : "";
        return (fixed(value, 3) + interval).replace('-', '−');
    }

    /** With its sign: {@code +1.05}, {@code −0.30} (a true minus). */
    public static String signed(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%+." + decimals + "f", value + 0.0)
                        .replace('-', '−')
                : NONE;
    }

    /** Four significant digits, whatever the size. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        if (size < 1e-4) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int decimals = (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** {@code 0.190}, and {@code < 0.001} rather than 0.000. */
    public static String probability(double p) {
        return !Double.isFinite(p) ? NONE : p < 0.001 ? "< 0.001" : fixed(p, 3);
    }

    public static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
