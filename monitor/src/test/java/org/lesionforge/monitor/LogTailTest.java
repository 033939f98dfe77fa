package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that grow, are cut and are replaced between two reads. */
final class LogTailTest {
    @TempDir
    Path folder;

    private Path log;
    private LogTail tail;

    @BeforeEach
    void log() {
        log = folder.resolve("stats.jsonl");
        tail = new LogTail(log, LogPosition.START);
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void wholeLinesAlone() throws IOException {
        assertTrue(tail.read().isEmpty());
        append("{\"a\":1}\n{\"a\"");
        assertEquals(new LogTail.News(false, List.of("{\"a\":1}")), tail.read());
        assertTrue(tail.read().isEmpty());
        append(":2}");
        assertTrue(tail.read().isEmpty());
        append("\n\n{\"a\":3}\r\n");
        assertEquals(new LogTail.News(false, List.of("{\"a\":2}", "{\"a\":3}")), tail.read());
    }

    @Test
    void placeOfTheCheckValue() throws IOException {
        append("123456789\n");
        tail.read();
        // By zlib: crc32(b"123456789\n").
        assertEquals("10-e0117757", tail.position().toString());
        assertEquals(tail.position(), LogPosition.parse(tail.position().toString()));
        for (String text : List.of("", "10", "-1-00000000", "10-xyz", "99999999999999999999-00000000")) {
            assertEquals(LogPosition.START, LogPosition.parse(text), text);
        }
    }

    @Test
    void cutBackToAnEarlierLine() throws IOException {
        append("one\ntwo\nthree\n");
        tail.read();
        Files.writeString(log, "one\ntwo\n");
        assertEquals(new LogTail.News(true, List.of("one", "two")), tail.read());
        append("other\n");
        assertEquals(new LogTail.News(false, List.of("other")), tail.read());
    }

    @Test
    void cutBackAndLongerThanBefore() throws IOException {
        append("one\ntwo\nthree\n");
        tail.read();
        Files.writeString(log, "one\ntwo\nTHREE\nfour\n");
        assertEquals(new LogTail.News(true, List.of("one", "two", "THREE", "four")), tail.read());
    }

    @Test
    void writtenAgainWithTheSameBytes() throws IOException {
        append("one\ntwo\nthree\n");
        tail.read();
        Files.writeString(log, "one\n");
        append("two\nthree\nfour\n");
        // A training that resumes exactly: nothing that was shown is wrong.
        assertEquals(new LogTail.News(false, List.of("four")), tail.read());
    }

    @Test
    void removed() throws IOException {
        append("one\n");
        tail.read();
        Files.delete(log);
        assertEquals(new LogTail.News(true, List.of()), tail.read());
        assertTrue(tail.read().isEmpty());
        append("new\n");
        assertEquals(List.of("new"), tail.read().lines());
    }

    @Test
    void longLogsComeInPieces() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> written = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            // Letters of two and three bytes, and one line longer than a piece.
            written.add(i + "ä€".repeat(i == 1500 ? 60_000 : random.nextInt(40)));
            text.append(written.get(i)).append('\n');
        }
        append(text.toString());
        List<String> read = new ArrayList<>();
        for (LogTail.News news = tail.read(); !news.isEmpty(); news = tail.read()) {
            assertFalse(news.again());
            read.addAll(news.lines());
        }
        assertEquals(written, read);
        assertEquals(written.get(2999), LogTail.lastLine(log).orElseThrow());
    }
}
