package org.lesionforge.io;

import java.util.Locale;

/**
 * Text for a terminal or a log. Names of files and words of tables can hold anything: colours, a cleared screen, a line that never was, letters in
 * reverse order.
 */
public final class Printable {
    private static final int LONGEST_EXCERPT = 200;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** With control characters, line breaks among them, and invisible characters as Java and JSON write them: {@code \n}, {@code \u001B}. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isPrintable(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(escaped(character));
            }
        });
        return printable.toString();
    }

    /** As {@link #of}, of what a file holds: of a longer text the first 200 characters and {@code …}. */
    public static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? of(text) : of(text.substring(0, LONGEST_EXCERPT)) + "…";
    }

    /** As {@link #of}, but lines stay lines. */
    public static String lines(String text) {
        return String.join("\n", text.lines().map(Printable::of).toList());
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Persian, and the scripts of India, are not written without the joiners.
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                StringBuilder escaped = new StringBuilder();
                for (char unit : Character.toChars(character)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
                }
                yield escaped.toString();
            }
        };
    }
}
