package org.lesionforge.report.figure;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The colours that {@code chart.css} gives in one theme, and how they are seen (WCAG 2.2, CIE 1976). */
public record ChartColours(String css, Map<String, Integer> named) {
    private static final Pattern NAMED = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6});");

    public static ChartColours light() {
        String css = Resources.text("chart.css");
        return new ChartColours(css, named(css.substring(0, css.indexOf("@media"))));
    }

    public static ChartColours dark() {
        String css = Resources.text("chart.css");
        Map<String, Integer> named = named(css.substring(0, css.indexOf("@media")));
        named.putAll(named(css.substring(css.indexOf("@media"))));
        return new ChartColours(css, named);
    }

    private static Map<String, Integer> named(String css) {
        Map<String, Integer> colours = new HashMap<>();
        Matcher matcher = NAMED.matcher(css);
        while (matcher.find()) {
            colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
        }
        return colours;
    }

    /** Of a text on the paper, under a heat cell of this opacity. */
    public double contrast(String textStyle, double opacity) {
        int ink = named.get(textStyle.matches("tick.*|axis-label") ? "soft" : "ink");
        double text = luminance(ink, ink, 0);
        double below = luminance(named.get("paper"), named.get("heat"), opacity);
        return (Math.max(text, below) + 0.05) / (Math.min(text, below) + 0.05);
    }

    /** CIE L* of a tone, 0 to 100. */
    public double lightness(String tone) {
        double y = luminance(named.get(tone), 0, 0);
        return y > 216.0 / 24389 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
    }

    /** Of a line; "none" for a solid one. */
    public String dash(String tone) {
        Matcher matcher = Pattern.compile("\\.line\\." + tone + " \\{ stroke-dasharray: ([0-9 ]+); }")
                .matcher(css);
        return matcher.find() ? matcher.group(1) : "none";
    }

    private static double luminance(int below, int above, double opacity) {
        return 0.2126 * linear(below >> 16, above >> 16, opacity)
                + 0.7152 * linear(below >> 8, above >> 8, opacity)
                + 0.0722 * linear(below, above, opacity);
    }

    private static double linear(int below, int above, double opacity) {
        double value = ((1 - opacity) * (below & 0xFF) + opacity * (above & 0xFF)) / 255;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
