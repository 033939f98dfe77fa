package org.lesionforge.report.figure;

import java.util.ArrayDeque;
import java.util.Deque;
import org.lesionforge.io.HomePath;

/**
 * Writes HTML and SVG that is also well-formed XML: every text and attribute is escaped, every element closed. File names, class names and
 * messages come from outside, so nothing reaches the page unescaped except through {@link #raw}.
 */
public final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param tag name of the element
     * @param attributes names and values in turn; values are escaped
     * @return this
     */
    public Markup open(String tag, String... attributes) {
        start(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /**
     * Closes the element that was opened last.
     *
     * @return this
     * @throws java.util.NoSuchElementException when none is open
     */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /**
     * Writes an element without content.
     *
     * @param tag name of the element
     * @param attributes names and values in turn; values are escaped
     * @return this
     */
    public Markup empty(String tag, String... attributes) {
        start(tag, attributes).append(" />");
        return this;
    }

    /**
     * Writes an element that holds text only.
     *
     * @param tag name of the element
     * @param text its content, as {@link #text} writes it
     * @param attributes names and values in turn; values are escaped
     * @return this
     */
    public Markup element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /**
     * Writes text without the folders that tell who made the run: pages are passed on.
     *
     * @param text of any kind; it is escaped, and what XML does not allow is replaced by U+FFFD
     * @return this
     */
    public Markup text(String text) {
        out.append(escape(HomePath.shown(text)));
        return this;
    }

    /**
     * Writes markup as it is.
     *
     * @param markup made by this class, or a style sheet of ours: well-formed, nothing from outside
     * @return this
     */
    public Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /**
     * Writes a line break.
     *
     * @return this
     */
    public Markup line() {
        out.append('\n');
        return this;
    }

    private StringBuilder start(String tag, String[] attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        return out;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** XML has no place for control characters and half surrogate pairs, escaped or not. */
    private static boolean allowed(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        return !control && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> is still open");
        }
        return out.toString();
    }
}
