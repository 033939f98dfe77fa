package org.lesionforge.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file, Range included, except where it was told to misbehave: one answer of the plan per request. */
final class FlakyServer implements AutoCloseable {
    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> plan = new ConcurrentLinkedQueue<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** How one request is answered. */
    interface Answer {
        void give(HttpExchange exchange, byte[] content, int from) throws IOException, InterruptedException;
    }

    FlakyServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/test.pth");
    }

    void plan(Answer... answers) {
        plan.addAll(List.of(answers));
    }

    /** Method and range of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    static Answer breakOffAfter(int bytes) {
        return (exchange, content, from) -> {
            OutputStream body = begin(exchange, content, from);
            body.write(content, from, Math.min(bytes, content.length - from));
            body.flush();
        };
    }

    static Answer silentAfter(int bytes) {
        return (exchange, content, from) -> {
            OutputStream body = begin(exchange, content, from);
            body.write(content, from, bytes);
            body.flush();
            Thread.sleep(60_000);
        };
    }

    static Answer slowly() {
        return (exchange, content, from) -> {
            OutputStream body = begin(exchange, content, from);
            for (int done = from; done < content.length; done += 50_000) {
                body.write(content, done, Math.min(50_000, content.length - done));
                body.flush();
                Thread.sleep(100);
            }
        };
    }

    static Answer ignoringRange() {
        return (exchange, content, from) -> begin(exchange, content, 0).write(content);
    }

    static Answer sending(byte[] other) {
        return (exchange, content, from) -> begin(exchange, other, 0).write(other);
    }

    static Answer answer(int status, String... header) {
        return (exchange, content, from) -> {
            if (header.length == 2) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(exchange.getRequestMethod() + (range == null ? "" : " " + range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        Answer answer = plan.poll();
        try (exchange) {
            if (answer == null) {
                begin(exchange, content, from).write(content, from, content.length - from);
            } else {
                answer.give(exchange, content, from);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutputStream begin(HttpExchange exchange, byte[] content, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        return exchange.getResponseBody();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
