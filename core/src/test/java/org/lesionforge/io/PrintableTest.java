package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void whatAPersonCanReadStays() {
        for (String text : List.of("64×64 … 5 % \\n", "Läsion", "病変", "میک\u200Cروسکوپ", "👩\u200D🔬", "a b")) {
            assertEquals(text, Printable.of(text));
        }
    }

    @Test
    void whatMovesTheCursorOrHidesLettersIsEscaped() {
        assertEquals("a\\nb\\r\\tc", Printable.of("a\nb\r\tc"));
        assertEquals("\\u001B[2Jx\\u0007", Printable.of("\u001B[2Jx\u0007"));
        // The same sequence begun by one character, and the end of line of mainframes.
        assertEquals("\\u009B2J\\u0085\\u007F\\u0000", Printable.of("\u009B2J\u0085\u007F\0"));
        assertEquals("\\u202Egnp.exe", Printable.of("\u202Egnp.exe"));
        assertEquals("\\u2028\\u2066\\uFEFF\\u200B", Printable.of("\u2028\u2066\uFEFF\u200B"));
        assertEquals("\\uDB40\\uDC41", Printable.of("\uDB40\uDC41"));
        assertEquals("\\uD800", Printable.of("\uD800"));
    }

    @Test
    void anExcerptHasTwoHundredCharacters() {
        assertEquals("\\u001B[2J", Printable.excerpt("\u001B[2J"));
        assertEquals("x".repeat(200), Printable.excerpt("x".repeat(200)));
        assertEquals("x".repeat(200) + "…", Printable.excerpt("x".repeat(100_000)));
    }

    @Test
    void linesStayLinesWhereAskedFor() {
        assertEquals("{\n  \"a\\u001B\"\n}", Printable.lines("{\n  \"a\u001B\"\n}"));
    }
}
