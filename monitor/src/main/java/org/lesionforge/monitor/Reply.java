package org.lesionforge.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A whole answer.
 *
 * @param status of HTTP
 * @param type of the content
 * @param body the content
 */
record Reply(int status, String type, byte[] body) {
    static final String HTML = "text/html; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";

    /** The page loads its own files alone, is in nobody's frame, and sends no forms. */
    private static final String OF_PAGE =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A file of a run runs no script, whoever wrote it. Its own style sheet is in it; its data may be saved. */
    private static final String OF_FILE =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-downloads allow-popups";

    static Reply text(int status, String text) {
        return new Reply(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(String json) {
        return new Reply(200, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    static Reply notFound() {
        return text(404, "There is nothing of that name.\n");
    }

    /** What every answer says. */
    static void headers(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", OF_PAGE);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        headers.set("Allow", "GET");
    }

    void send(HttpExchange exchange) throws IOException {
        headers(exchange, type);
        write(exchange);
    }

    /** As a file of a run, which is not trusted. */
    void sendFile(HttpExchange exchange) throws IOException {
        headers(exchange, type);
        exchange.getResponseHeaders().set("Content-Security-Policy", OF_FILE);
        write(exchange);
    }

    private void write(HttpExchange exchange) throws IOException {
        // A length of 0 would announce a stream; to HEAD belongs no body.
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
            // Closing the exchange would write what is left, however long that takes.
            exchange.getResponseBody().flush();
        }
    }
}
