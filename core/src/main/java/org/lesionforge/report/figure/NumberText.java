package org.lesionforge.report.figure;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers out of JSON and into text. */
public final class NumberText {
    /** Stands where a number is undefined or missing. */
    public static final String NONE = "–";

    private static final Pattern DIGIT_ABOVE_ZERO = Pattern.compile("[1-9]");

    private NumberText() {}

    /** What rounds to zero is written as zero is: 0.00, not −0.00. */
    private static String formatted(String format, double value) {
        String text = String.format(Locale.ROOT, format, value);
        return DIGIT_ABOVE_ZERO.matcher(text).find() ? text : String.format(Locale.ROOT, format, 0.0);
    }

    /**
     * {@return a number with commas between thousands: {@code 1,234.50}; {@link #NONE} where it is not finite}
     *
     * @param value of any size
     * @param decimals how many are shown
     */
    public static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? formatted("%,." + decimals + "f", value) : NONE;
    }

    /**
     * {@return a number and its interval: {@code 0.812 (0.780 to 0.840)}; without the interval where that is undefined}
     *
     * @param value shown with three decimals; {@link #NONE} where it is not finite
     * @param low end of the interval
     * @param high end of the interval
     */
    public static String withInterval(double value, double low, double high) {
        String interval = Double.isFinite(low) && Double.isFinite(high)
                ? " (" + fixed(low, 3) + " to " + fixed(high, 3) + ")"
                : "";
        return (fixed(value, 3) + interval).replace('-', '−');
    }

    /**
     * {@return a number with its sign: {@code +1.05}, {@code −0.30} (a true minus); {@link #NONE} where it is not
     * finite}
     *
     * @param value of any size
     * @param decimals how many are shown
     */
    public static String signed(double value, int decimals) {
        return Double.isFinite(value) ? formatted("%+." + decimals + "f", value).replace('-', '−') : NONE;
    }

    /**
     * {@return a number with four significant digits or more; {@link #NONE} where it is not finite}
     *
     * @param value of any size; whole numbers below a thousand millions keep all their digits
     */
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

    /**
     * {@return a p-value: {@code 0.190}, and {@code < 0.001} rather than 0.000; {@link #NONE} where it is not finite}
     *
     * @param p from 0 to 1
     */
    public static String probability(double p) {
        return !Double.isFinite(p) ? NONE : p < 0.001 ? "< 0.001" : fixed(p, 3);
    }

    /**
     * {@return a time: {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}; {@link #NONE} where it is not finite}
     *
     * @param seconds 0 or more
     */
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
