package org.lesionforge.monitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A reader of server-sent events, which keeps the lines of one log as a page does. */
final class Reader implements AutoCloseable {
    /** An event as the standard has it (HTML, 9.2.6): fields until an empty line. */
    record Event(String id, String name, List<String> data) {}

    /** Machines are busy at times. */
    private static final long PATIENCE_MS = 20_000;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    final List<String> lines = new ArrayList<>();
    /** Where its last line ends, and its lines. */
    final List<String> overview = new ArrayList<>();

    int resets;
    String last = "";

    Reader(String address, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        body = response.body();
        Thread thread = new Thread(this::receive, "reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            List<String> data = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, List.copyOf(data)));
                    data.clear();
                }
            }
        } catch (IOException e) {
            events.add(new Event("", "closed", List.of()));
        }
    }

    /** Takes events until these are the lines, or none comes any more. */
    List<String> await(List<String> expected) throws InterruptedException {
        while (!lines.equals(expected) && take(PATIENCE_MS)) {
            // One event more.
        }
        return lines;
    }

    /** Takes whatever comes in a time that is enough for two looks of the server: nothing, if all is well. */
    List<String> settle() throws InterruptedException {
        while (take(700)) {
            // One event more.
        }
        return lines;
    }

    private boolean take(long millis) throws InterruptedException {
        Event event = events.poll(millis, TimeUnit.MILLISECONDS);
        if (event == null || event.name().equals("closed")) {
            return false;
        }
        if (event.name().equals("overview")) {
            // Has no id of its own.
            overview.addAll(event.data().subList(1, event.data().size()));
            return true;
        }
        if (event.name().equals("reset")) {
            lines.clear();
            resets++;
        } else {
            Stream<String> sent = event.data().stream().skip(1);
            sent.forEach(lines::add);
        }
        last = event.id();
        return true;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
