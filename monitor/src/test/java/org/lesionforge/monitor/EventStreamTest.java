package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
    void aLongLogBeginsWithAnOverviewOfIt() throws Exception {
        List<String> all = lines(80_000);
        long size = Files.size(log);
        String last;
        try (Reader reader = reader("")) {
            assertEquals(all, reader.await(all));
            List<String> shown = reader.overview.subList(1, reader.overview.size());
            assertEquals(1000, shown.size());
            assertEquals(1, iteration(shown.get(0)));
            // In the log's order, and nowhere far apart: lines are at most a thousandth of the bytes from each other.
            for (int i = 1; i < shown.size(); i++) {
                int step = iteration(shown.get(i)) - iteration(shown.get(i - 1));
                assertTrue(step > 0 && step <= 110, "line " + i + ": " + step);
            }
            int rest = 80_000 - iteration(shown.get(999));
            assertTrue(rest >= 0 && rest <= 110, rest + " lines after the last");
            // All lines after it are as long.
            assertEquals(
                    size - (long) rest * "{\"iteration\":80000}\n".length() - 1,
                    Long.parseLong(reader.overview.get(0)));
            last = reader.last;
            assertEquals(size, Long.parseLong(last.substring(0, last.indexOf('-'))));
        }
        try (Reader again = reader(last)) {
            List<String> more = lines(1).subList(80_000, 80_001);
            assertEquals(more, again.await(more));
            assertEquals(List.of(), again.overview);
        }
    }

    private static int iteration(String line) {
        return Integer.parseInt(line.replaceAll("\\D", ""));
    }

    @Test
    void aShortLogIsItsOwnOverview() throws Exception {
        List<String> all = lines(100);
        try (Reader reader = reader("")) {
            assertEquals(all, reader.await(all));
            assertEquals(List.of(), reader.overview);
        }
    }

    /** Readers that have their connections open and take nothing of a log of so many lines of 2 KB. */
    private final class Stalled implements AutoCloseable {
        private final List<Socket> sockets = new ArrayList<>();

        Stalled(int lines) throws IOException {
            String wide = "\"" + "x".repeat(2000) + "\"}\n";
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                text.append("{\"iteration\":").append(i).append(",\"text\":").append(wide);
            }
            Files.writeString(log, text);
        }

        private void add(int count) throws IOException {
            URI uri = URI.create(monitor.uri());
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
                socket.getOutputStream()
                        .write("GET /api/events?log=gan/stats.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        /** Takes what is on its way to the first, up to the end of its connection. */
        private long rest() throws IOException {
            Socket first = sockets.get(0);
            first.setSoTimeout(10_000);
            long taken = 0;
            byte[] bytes = new byte[1 << 16];
            try {
                for (int count = 0; count >= 0; count = first.getInputStream().read(bytes)) {
                    taken += count;
                }
            } catch (SocketException e) {
                // The server has cut the connection: that is an end, too.
            }
            return taken;
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void assertServesAnother() throws IOException, InterruptedException {
        try (Reader other = new Reader(monitor.uri() + "api/events?log=gan/alarms.jsonl", "")) {
            List<String> alarms = Files.readAllLines(folder.resolve("gan/alarms.jsonl"));
            assertEquals(alarms, other.await(alarms));
        }
    }

    /** It keeps nobody waiting, and takes no more memory than what is on its way. */
    @Test
    void aReaderThatStoppedReading() throws Exception {
        try (Stalled stalled = new Stalled(20_000)) {
            stalled.add(20);
            // Each would have 40 MB by now if it were kept for them.
            long before = used();
            Thread.sleep(2_000);
            long grown = used() - before;
            assertTrue(grown < 100L << 20, (grown >> 20) + " MB");
            assertServesAnother();
        }
    }

    /** Its connection ends before all of the log has gone out, and its place is free. */
    @Test
    void aReaderThatTakesNothingForTooLong() throws Exception {
        monitor.close();
        Duration patience = Duration.ofSeconds(1);
        monitor = Monitor.start(folder, InetAddress.getLoopbackAddress(), 0, Optional.empty(), patience);
        try (Stalled stalled = new Stalled(20_000)) {
            stalled.add(1);
            Thread.sleep(8 * patience.toMillis());
            long taken = stalled.rest();
            assertTrue(taken < Files.size(log), taken + " bytes");
            assertServesAnother();
        }
    }

    /** Beside one that can be read. */
    @Test
    void whatIsNoLogIsAnEmptyOne() throws Exception {
        Files.createDirectories(folder.resolve("gan/metrics.jsonl"));
        lines(2);
        String logs = "log=gan/metrics.jsonl&log=gone/stats.jsonl&log=gan/stats.jsonl";
        try (Reader reader = new Reader(monitor.uri() + "api/events?" + logs, "")) {
            assertEquals(expected(), reader.await(expected()));
            List<String> more = lines(1);
            assertEquals(more, reader.await(more));
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
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
