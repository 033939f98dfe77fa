package org.lesionforge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.lesionforge.io.Progress;

/**
 * An HTTP client that retries when a server is busy or the connection breaks, and waits as long as the server requires.
 * Safe to use from several threads; when a server requires one of them to wait, all of them do.
 */
public final class RetryingClient {
    private static final int CHUNK = 1 << 16;
    private static final int ANSWER_KEPT = 1 << 12;

    private final HttpClient client;
    private final RetryPolicy patience;
    private final Progress progress;
    private final RetryAfterGate door = new RetryAfterGate();
    private volatile boolean reached;

    /**
     * One client for all servers of a task.
     *
     * @param client {@link #usualHttpClient()}, or one that follows no redirections by itself
     * @param patience limits on retries and waiting
     * @param progress receives every failure that is retried
     */
    public RetryingClient(HttpClient client, RetryPolicy patience, Progress progress) {
        this.client = client;
        this.patience = patience;
        this.progress = progress;
    }

    /** Says which redirections are followed. */
    @FunctionalInterface
    public interface Redirects {
        /**
         * {@return whether the redirection is followed}
         *
         * @param from requested address
         * @param to address in the response
         */
        boolean follows(URI from, URI to);
    }

    /** To everywhere, but not from https to http. */
    static final Redirects ANYWHERE = (from, to) ->
            "https".equals(to.getScheme()) || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()));

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);

    /**
     * {@return a client that follows no redirections itself and uses the proxies of Java's settings, else of the
     * environment}
     */
    public static HttpClient usualHttpClient() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(30))
                .proxy(new EnvironmentProxy(System.getenv()))
                .build();
    }

    /** {@return the limits on retries and waiting} */
    public RetryPolicy patience() {
        return patience;
    }

    /**
     * {@return a whole response, in memory}
     *
     * @param address of {@code http} or {@code https}
     * @param most largest number of bytes
     * @param redirects which of the server's redirections are followed
     * @throws UnavailableException when it cannot be downloaded
     */
    public byte[] get(URI address, int most, Redirects redirects) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        patiently(
                () -> {
                    answer.reset();
                    HttpResponse<InputStream> response = send(request(address).build(), redirects);
                    try (InputStream body = response.body()) {
                        if (response.statusCode() != 200) {
                            throw failure(response);
                        }
                        copy(body, answer, most, read -> {});
                    }
                    if (answer.size() > most) {
                        throw new UnavailableException("it sent more than " + most + " bytes");
                    }
                },
                () -> 0);
        return answer.toByteArray();
    }

    /**
     * As {@link #download(URI, long, Path, LongConsumer, Redirects)}, with {@link #ANYWHERE}.
     *
     * @param address of {@code http} or {@code https}
     * @param bytes that it should have
     * @param part file that is made or continued
     * @param received called with the number of bytes so far, after each piece
     * @throws IOException as there
     */
    public void download(URI address, long bytes, Path part, LongConsumer received) throws IOException {
        download(address, bytes, part, received, ANYWHERE);
    }

    /**
     * Downloads {@code address} into {@code part}, resuming after the bytes already there, until the server has sent
     * everything; but at most one byte more than {@code bytes}, so that a wrong file cannot fill the disk. The caller
     * checks the content.
     *
     * @param address of {@code http} or {@code https}
     * @param bytes that it should have
     * @param part file that is made or continued
     * @param received called with the number of bytes so far, after each piece
     * @param redirects which of the server's redirections are followed
     * @throws UnavailableException when it cannot be downloaded; what was received is kept
     * @throws MismatchException when {@code part} is not the beginning of the server's file
     * @throws IOException when {@code part} cannot be written
     */
    public void download(URI address, long bytes, Path part, LongConsumer received, Redirects redirects)
            throws IOException {
        patiently(
                () -> {
                    long before = size(part);
                    if (before < bytes) {
                        transfer(address, before, bytes, part, received, redirects);
                    }
                },
                () -> size(part));
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Kept {
        long bytes() throws IOException;
    }

    private void patiently(Attempt attempt, Kept kept) throws IOException {
        int failures = 0;
        while (true) {
            long before = kept.bytes();
            try {
                door.await();
                attempt.run();
                return;
            } catch (TransientFailure e) {
                failures = kept.bytes() > before ? 1 : failures + 1;
                Duration pause = e.wanted().orElse(patience.pauseAfter(failures));
                if (failures >= patience.tries() || pause.compareTo(patience.longestPause()) > 0) {
                    throw new UnavailableException(e.getMessage(), e.status(), "", e);
                }
                progress.message(e.getMessage() + "; trying again in " + pause.toSeconds() + " s");
                e.wanted().ifPresent(door::closeFor);
                RetryPolicy.pause(pause);
            }
        }
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(patience.silence()).GET();
    }

    private void transfer(URI address, long from, long bytes, Path part, LongConsumer received, Redirects redirects)
            throws IOException {
        HttpRequest.Builder request = request(address);
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> response = send(request.build(), redirects);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> receive(body, 0, bytes, part, received);
                case 206 -> {
                    String range =
                            response.headers().firstValue("Content-Range").orElse("");
                    if (!range.startsWith("bytes " + from + "-")) {
                        throw new MismatchException("asked for bytes from " + from + ", it sent '" + range + "'");
                    }
                    receive(body, from, bytes, part, received);
                }
                case 416 -> throw new MismatchException("it has no byte " + from);
                default -> throw failure(response);
            }
        }
    }

    private static IOException failure(HttpResponse<InputStream> response) throws IOException {
        if (TransientFailure.is(response.statusCode())) {
            return new TransientFailure(response);
        }
        String answer = new String(response.body().readNBytes(ANSWER_KEPT), StandardCharsets.UTF_8);
        return new UnavailableException(
                "the server answered " + response.statusCode(), response.statusCode(), answer, null);
    }

    private HttpResponse<InputStream> send(HttpRequest request, Redirects redirects) throws IOException {
        HttpRequest next = request;
        for (int redirected = 0; ; redirected++) {
            HttpResponse<InputStream> response = send(next);
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTING.contains(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI to = target(next.uri(), location.get());
            if (redirected == MOST_REDIRECTS || !redirects.follows(next.uri(), to)) {
                throw new UnavailableException("the server redirects to another address, which is not followed");
            }
            next = HttpRequest.newBuilder(next, (name, value) -> true).uri(to).build();
        }
    }

    private static URI target(URI from, String location) throws UnavailableException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new UnavailableException("the server redirects to what is not an address", e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            reached = true;
            return response;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            String why = "no connection" + (e.getMessage() == null ? "" : ": " + e.getMessage());
            // A server that was never reached will not be reached in a minute; another may have restarted.
            throw reached ? new TransientFailure(why, e) : new UnavailableException(why, e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new TransientFailure("the connection failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void receive(InputStream body, long from, long bytes, Path part, LongConsumer received) throws IOException {
        OpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (OutputStream out =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            copy(body, out, bytes - from, read -> received.accept(Math.min(bytes, from + read)));
        }
    }

    /** Reads to the end, or one chunk beyond {@code most} bytes. */
    private void copy(InputStream body, OutputStream out, long most, LongConsumer received) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        try (IdleTimeout watch = new IdleTimeout(body, patience.silence())) {
            while (done <= most) {
                progress.cancellation().throwIfRequested("downloading, bytes", done, most);
                int read = read(body, chunk, watch);
                if (read < 0) {
                    return;
                }
                out.write(chunk, 0, read);
                done += read;
                received.accept(done);
            }
        }
    }

    private static int read(InputStream body, byte[] chunk, IdleTimeout watch) throws TransientFailure {
        try {
            int read = body.read(chunk);
            if (read < 0 && watch.hasClosed()) {
                throw new IOException("closed");
            }
            watch.heard();
            return read;
        } catch (IOException e) {
            throw new TransientFailure(
                    watch.hasClosed() ? "the server stopped sending" : "the connection was lost: " + e.getMessage(), e);
        }
    }

    private static long size(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
