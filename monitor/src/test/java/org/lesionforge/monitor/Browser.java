package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A page in Chromium, steered by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MS = 20_000;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private int calls;

    /** Errors of scripts, and what the page's policy refused. */
    final List<String> errors = new CopyOnWriteArrayList<>();

    static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path program, Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        String page = JSON.readTree(get(URI.create(devTools()).resolve("/json/list")))
                .get(0)
                .get("webSocketDebuggerUrl")
                .asText();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.enable", Map.of());
    }

    private String devTools() throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("DevTools listening on ws://")) {
                return line.substring(line.indexOf("ws://")).replaceFirst("ws", "http");
            }
        }
        throw new IOException("Chromium ended before it could be steered");
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String message) {
        try {
            JsonNode node = JSON.readTree(message);
            String method = node.path("method").asText();
            if (node.has("id")) {
                answers.remove(node.get("id").asInt()).complete(node);
            } else if (method.equals("Runtime.exceptionThrown")) {
                errors.add(node.get("params").toString());
            } else if (method.equals("Log.entryAdded")
                    && node.get("params").get("entry").get("source").asText().equals("security")) {
                errors.add(node.get("params").toString());
            }
        } catch (IOException e) {
            errors.add(e.toString());
        }
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++calls;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS).join().path("result");
    }

    void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    /** A key by its name in the standard, {@code Tab} or {@code ArrowLeft}, as if it were pressed. */
    void press(String key) {
        int code = Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowLeft", 37, "ArrowRight", 39)
                .get(key);
        String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
        Map<String, Object> event = Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "text", text);
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> call = new LinkedHashMap<>(event);
            call.put("type", type);
            call("Input.dispatchKeyEvent", call);
        }
    }

    /** What an expression, or the promise that it is, comes to in the page; as text. */
    String evaluate(String expression) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        return result.path("result").path("value").asText();
    }

    /** Whether an expression becomes true in time. */
    boolean await(String expression) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (System.currentTimeMillis() < end) {
            if (evaluate("Boolean(" + expression + ")").equals("true")) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** Ends its helpers, too: while one writes to the profile, the folder cannot be deleted. */
    @Override
    public void close() throws InterruptedException {
        socket.abort();
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        helpers.forEach(ProcessHandle::destroyForcibly);
        helpers.forEach(helper -> helper.onExit().join());
    }
}
