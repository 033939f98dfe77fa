package org.lesionforge.monitor;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Sends a reader the lines of some logs, and what is appended, as server-sent events until one side ends. An event is
 * {@code lines} or {@code reset}; its first line of data is the number of the log, the others are the log's. Its id is
 * where all logs are then: a reader that comes back with it, to this server or a later one, misses nothing and gets
 * nothing twice. Before the first lines of a long log there is an {@code overview}, which has no id: the number of the
 * log, the end of a {@link LogSample} of the lines that follow, and that.
 */
final class EventStream {
    private static final long PAUSE_MS = 300;
    private static final long HEARTBEAT_MS = 10_000;

    /** A browser draws what it has, before it has its hands full with the rest. */
    private static final long DRAWING_MS = 150;

    private final List<Path> files;
    private final List<LogTail> logs = new ArrayList<>();
    private final OutputStream out;

    private EventStream(List<Path> files, List<LogPosition> positions, OutputStream out) {
        this.files = files;
        for (int i = 0; i < files.size(); i++) {
            logs.add(new LogTail(files.get(i), positions.get(i)));
        }
        this.out = out;
    }

    /**
     * Answers a request until its reader or the server ends.
     *
     * @param files logs, which may be missing yet
     * @param from id of the last event that the reader has; empty: it has none
     * @param ended whether the server has
     */
    static void send(HttpExchange exchange, List<Path> files, Optional<String> from, AtomicBoolean ended)
            throws IOException, InterruptedException {
        Reply.headers(exchange, "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            String[] known = from.orElse("").split(",", -1);
            List<LogPosition> positions = new ArrayList<>();
            boolean fits = known.length == files.size();
            for (int i = 0; i < files.size(); i++) {
                positions.add(fits ? LogPosition.parse(known[i]) : LogPosition.START);
            }
            EventStream stream = new EventStream(files, positions, out);
            stream.text("retry: 1000\n\n");
            if (from.isPresent()) {
                stream.resetUnknown(positions);
            } else {
                stream.overviews();
            }
            out.flush();
            stream.run(ended);
        }
    }

    /** A reader with an id that says nothing may have lines, which will come again. */
    private void resetUnknown(List<LogPosition> positions) throws IOException {
        for (int i = 0; i < positions.size(); i++) {
            if (positions.get(i).equals(LogPosition.START)) {
                event("reset", i, List.of());
            }
        }
    }

    private void overviews() throws IOException, InterruptedException {
        boolean sent = false;
        for (int i = 0; i < files.size(); i++) {
            LogSample sample = LogSample.of(files.get(i));
            if (!sample.lines().isEmpty()) {
                data("event: overview\n", i + "\ndata: " + sample.end(), sample.lines());
                sent = true;
            }
        }
        if (sent) {
            out.flush();
            Thread.sleep(DRAWING_MS);
        }
    }

    private void run(AtomicBoolean ended) throws IOException, InterruptedException {
        long lastSent = System.nanoTime();
        while (!ended.get()) {
            boolean sent = sendNews();
            long now = System.nanoTime();
            if (sent) {
                lastSent = now;
                continue;
            }
            if (now - lastSent > HEARTBEAT_MS * 1_000_000) {
                // Also finds out whether the reader is still there.
                text(": still here\n\n");
                out.flush();
                lastSent = now;
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private boolean sendNews() throws IOException {
        boolean sent = false;
        for (int i = 0; i < logs.size(); i++) {
            LogTail.News news = logs.get(i).read();
            if (news.again()) {
                event("reset", i, List.of());
            }
            if (!news.lines().isEmpty()) {
                event("lines", i, news.lines());
            }
            sent |= !news.isEmpty();
        }
        if (sent) {
            out.flush();
        }
        return sent;
    }

    private void event(String name, int log, List<String> lines) throws IOException {
        String id = logs.stream().map(each -> each.position().toString()).collect(Collectors.joining(","));
        data("id: " + id + "\nevent: " + name + "\n", Integer.toString(log), lines);
    }

    private void data(String head, String first, List<String> lines) throws IOException {
        StringBuilder event =
                new StringBuilder(head).append("data: ").append(first).append('\n');
        lines.forEach(line -> event.append("data: ").append(line).append('\n'));
        text(event.append('\n').toString());
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
