package org.lesionforge.io;

import java.util.Locale;

/**
 * Text for a terminal or a log. File names and cells of tables can hold anything: codes that set colours or clear the
 * screen, line breaks that fake a message, marks that reverse the text.
 */
public final class Printable {
    private static final int LONGEST_EXCERPT = 200;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /**
     * {@return the text with control characters (including line breaks) and invisible characters escaped as in Java and
     * JSON: {@code \n}, {@code \u001B}}
     *
     * @param text of any origin
     */
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

    /**
     * {@return the content of a file as {@link #of} escapes it: at most the first 200 characters, then {@code …}}
     *
     * @param text of any origin and length
     */
    public static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? of(text) : of(text.substring(0, LONGEST_EXCERPT)) + "…";
    }

    /**
     * {@return the text as {@link #of} escapes it, but line breaks stay}
     *
     * @param text of any origin
     */
    public static String lines(String text) {
        return String.join("\n", text.lines().map(Printable::of).toList());
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Persian and the Indic scripts need the joiners.
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
