package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.OutputFolder;

/** What readers have after logs grew, were cut, were removed, and after the server was started again. */
final class EventStreamTest {
    @TempDir
    Path folder;

    private Path log;
    private Monitor monitor;
    private int written;

    @BeforeEach
    void start() throws IOException {
        MonitorTest.generator(folder.resolve("gan"));
        log = folder.resolve("gan/stats.jsonl");
        Files.delete(log);
        monitor = start(0);
    }

    private Monitor start(int port) throws IOException {
        return Monitor.start(folder, InetAddress.getLoopbackAddress(), port, Optional.empty());
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> lines(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count).forEach(i -> text.append("{\"iteration\":" + ++written + "}\n"));
        append(text.toString());
        return expected();
    }

    private List<String> expected() {
        return IntStream.rangeClosed(1, written)
                .mapToObj(i -> "{\"iteration\":" + i + "}")
                .toList();
    }

    private Reader reader(String lastEventId) throws IOException, InterruptedException {
        return new Reader(monitor.uri() + "api/events?log=gan/stats.jsonl", lastEventId);
    }

    @Test
    void growsLineByLineAndShowsNoTornOne() throws Exception {
        try (Reader reader = reader("")) {
            List<String> first = lines(3);
            assertEquals(first, reader.await(first));
            append("{\"iteration\"");
            assertEquals(expected(), reader.settle());
            append(":4}\n");
            written++;
            assertEquals(expected(), reader.await(expected()));
            assertEquals(0, reader.resets);
        }
    }

    @Test
    void aServerThatIsStartedAgainLosesAndDoublesNothing() throws Exception {
        int port = URI.create(monitor.uri()).getPort();
        List<String> seen = new ArrayList<>();
        String last;
        lines(5);
        try (Reader reader = reader("")) {
            seen.addAll(reader.await(expected()));
            last = reader.last;
        }
        monitor.close();
        lines(4);
        monitor = start(port);
        try (Reader reader = reader(last)) {
            reader.await(expected().subList(5, 9));
            seen.addAll(reader.settle());
            assertEquals(0, reader.resets);
        }
        assertEquals(expected(), seen);
    }

    @Test
    void aLogThatWasCutBackMeanwhileBeginsAgain() throws Exception {
        lines(5);
        String last;
        try (Reader reader = reader("")) {
            reader.await(expected());
            last = reader.last;
            Files.writeString(log, "{\"iteration\":1}\n");
            written = 1;
            List<String> cut = lines(1);
            assertEquals(cut, reader.await(cut));
            assertTrue(reader.resets >= 1);
        }
        try (Reader late = reader(last)) {
            assertEquals(expected(), late.await(expected()));
            assertEquals(1, late.resets);
        }
        try (Reader strange = reader("what,is,this")) {
            assertEquals(expected(), strange.await(expected()));
            assertEquals(1, strange.resets);
        }
    }

    @Test
    void aRunThatIsRemovedAndComesBack() throws Exception {
        lines(3);
        try (Reader reader = reader("")) {
            reader.await(expected());
            OutputFolder.delete(folder.resolve("gan"));
            assertEquals(List.of(), reader.await(List.of()));
            assertEquals(1, reader.resets);
            Files.createDirectories(folder.resolve("gan"));
            written = 0;
            List<String> back = lines(2);
            assertEquals(back, reader.await(back));
        }
    }

    @Test
    void severalLogsInOneStream() throws Exception {
        lines(2);
        try (Reader reader = new Reader(
                monitor.uri() + "api/events?log=gan/stats.jsonl&log=gan/alarms.jsonl&log=gan/metrics.jsonl", "")) {
            List<String> both = new ArrayList<>(expected());
            both.add(Files.readAllLines(folder.resolve("gan/alarms.jsonl")).get(0));
            assertEquals(both, reader.await(both));
            assertEquals(3, reader.last.split(",").length);
            assertTrue(reader.last.endsWith(",0-00000000"), reader.last);
        }
    }

    @Test
    void fiftyReaders() throws Exception {
        lines(2000);
        List<Reader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                readers.add(reader(""));
            }
            List<String> all = lines(10);
            for (Reader reader : readers) {
                assertEquals(all, reader.await(all));
            }
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }
}
