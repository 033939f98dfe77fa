package org.lesionforge.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.GanLayout;

/** Which address is answered by what: the page, lists and runs as JSON, logs as events, pictures and reports as files. */
final class Site implements HttpHandler {
    private static final String FILES = "/files/";

    /** What of a run is shown as it is. */
    private static final Map<String, String> TYPES =
            Map.of("png", "image/png", "svg", "image/svg+xml", "html", Reply.HTML);

    private static final String REPORT = "report.html";

    /** Lines that are sent as they grow. */
    private static final Set<String> LOGS =
            Set.of(RunLayout.STATISTICS, GanLayout.METRICS, GanLayout.ALARMS, RunPage.MESSAGES);

    private static final int MOST_STREAMS = 256;
    private static final int MOST_LOGS = 64;

    private final RunsFolder folder;
    private final Gate gate;
    private final Duration patience;
    private final Assets assets = new Assets();
    private final RunList runs;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger streams = new AtomicInteger();

    /** @param patience how long a reader may take nothing of what it is sent */
    Site(RunsFolder folder, Gate gate, Duration patience) {
        this.folder = folder;
        this.gate = gate;
        this.patience = patience;
        runs = new RunList(folder);
    }

    Gate gate() {
        return gate;
    }

    /** Ends all streams. */
    void close() {
        ended.set(true);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.setStreams(null, new TimedOutput(exchange.getResponseBody(), patience));
            Optional<Gate.Refusal> refusal = gate.refusal(exchange);
            if (refusal.isPresent()) {
                Reply.text(refusal.get().status(), refusal.get().text()).send(exchange);
            } else {
                answer(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        Query query = Query.of(exchange.getRequestURI());
        if (path.equals("/api/events")) {
            events(exchange, query);
        } else if (path.startsWith(FILES)) {
            file(exchange, path.substring(FILES.length()));
        } else if (path.equals("/")) {
            gate.cookie().ifPresent(cookie -> exchange.getResponseHeaders().set("Set-Cookie", cookie));
            assets.find(path).orElseThrow().send(exchange);
        } else {
            reply(path, query).send(exchange);
        }
    }

    private Reply reply(String path, Query query) {
        return switch (path) {
            case "/api/runs" -> Reply.json(Json.line(runs.all()));
            case "/api/run" ->
                folder.find(query.first("run").orElse(""))
                        .flatMap(run -> RunPage.of(folder, run))
                        .map(page -> Reply.json(Json.line(page)))
                        .orElseGet(Reply::notFound);
            case "/api/text" -> description(query.first("file").orElse(""));
            default -> assets.find(path).orElseGet(Reply::notFound);
        };
    }

    /** What a picture says of itself. */
    private Reply description(String name) {
        Optional<Path> file = folder.find(name).filter(found -> name.endsWith(".png") && Files.isRegularFile(found));
        if (file.isEmpty()) {
            return Reply.notFound();
        }
        try {
            return Reply.text(200, PngText.read(file.get()).getOrDefault("Description", ""));
        } catch (UnusableInputException e) {
            // It was removed in between, or is no picture.
            return Reply.notFound();
        }
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String type = TYPES.get(last.substring(last.lastIndexOf('.') + 1));
        Optional<Path> file = folder.find(name).filter(Files::isRegularFile);
        if (type == null || file.isEmpty() || (type.equals(Reply.HTML) && !last.equals(REPORT))) {
            Reply.notFound().send(exchange);
            return;
        }
        byte[] content;
        try {
            content = Files.readAllBytes(file.get());
        } catch (IOException e) {
            // It was removed in between.
            Reply.notFound().send(exchange);
            return;
        }
        new Reply(200, type, content).sendFile(exchange);
    }

    private void events(HttpExchange exchange, Query query) throws IOException, InterruptedException {
        List<Path> logs = new ArrayList<>();
        for (String name : query.all("log")) {
            Optional<Path> log = folder.place(name);
            if (log.isEmpty() || !LOGS.contains(log.get().getFileName().toString())) {
                Reply.notFound().send(exchange);
                return;
            }
            logs.add(log.get());
        }
        if (logs.isEmpty() || logs.size() > MOST_LOGS) {
            Reply.text(400, "Name 1 to " + MOST_LOGS + " logs: ?log=RUN/stats.jsonl\n")
                    .send(exchange);
            return;
        }
        if (streams.incrementAndGet() > MOST_STREAMS) {
            streams.decrementAndGet();
            Reply.text(503, MOST_STREAMS + " readers are served; close another page.\n")
                    .send(exchange);
            return;
        }
        try {
            // What the browser remembers goes before what the page was opened with.
            Optional<String> from = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                    .or(() -> query.first("from"));
            EventStream.send(exchange, logs, from, ended);
        } finally {
            streams.decrementAndGet();
        }
    }
}
