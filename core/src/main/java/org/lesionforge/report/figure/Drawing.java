package org.lesionforge.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The marks that every chart is made of. */
final class Drawing {
    private static final String ELLIPSIS = "…";

    /** Which end of a text its position means. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final Markup body = new Markup();

    /** @param y of the baseline */
    void text(String text, Type type, Anchor anchor, double x, double y) {
        body.element(
                        "text",
                        text,
                        "class",
                        type.style(),
                        "font-size",
                        number(type.size()),
                        "text-anchor",
                        anchor.name().toLowerCase(Locale.ROOT),
                        "x",
                        number(x),
                        "y",
                        number(y))
                .line();
    }

    /** Lines of text below each other, the first with its baseline at {@code y}. */
    void texts(List<String> lines, Type type, Anchor anchor, double x, double y, double height) {
        for (int i = 0; i < lines.size(); i++) {
            text(lines.get(i), type, anchor, x, y + i * height);
        }
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        body.empty("line", "class", style, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2))
                .line();
    }

    void path(String style, String data) {
        body.empty("path", "class", style, "d", data).line();
    }

    void polygon(String style, String points) {
        body.empty("polygon", "class", style, "points", points).line();
    }

    void dot(String style, double x, double y, double radius) {
        body.empty("circle", "class", style, "cx", number(x), "cy", number(y), "r", number(radius))
                .line();
    }

    /** @param opacity of its fill */
    void rectangle(String style, double opacity, double x, double y, double width, double height) {
        body.empty(
                        "rect",
                        "class",
                        style,
                        "fill-opacity",
                        String.format(Locale.ROOT, "%.3f", opacity),
                        "x",
                        number(x),
                        "y",
                        number(y),
                        "width",
                        number(width),
                        "height",
                        number(height))
                .line();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The text, or as much of its beginning and its end as fits: names of arms and classes often differ at their ends. */
    static String fitted(String text, Type type, double width) {
        if (TextWidth.of(text, type) <= width) {
            return text;
        }
        int[] all = text.codePoints().toArray();
        for (int kept = all.length - 1; kept > 0; kept--) {
            int head = (kept + 1) / 2;
            String shorter =
                    new String(all, 0, head) + ELLIPSIS + new String(all, all.length - (kept - head), kept - head);
            if (TextWidth.of(shorter, type) <= width) {
                return shorter;
            }
        }
        return ELLIPSIS;
    }

    /** In at most {@code most} lines, broken at blanks; what is too long for them is shortened. */
    static List<String> wrapped(String text, Type type, double width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (lines.size() < most - 1 && TextWidth.of(rest, type) > width) {
            int cut = -1;
            for (int i = rest.indexOf(' '); i > 0; i = rest.indexOf(' ', i + 1)) {
                cut = TextWidth.of(rest.substring(0, i), type) <= width ? i : cut;
            }
            if (cut < 0) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut + 1);
        }
        lines.add(fitted(rest, type, width));
        return lines;
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
