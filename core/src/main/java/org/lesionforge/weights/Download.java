package org.lesionforge.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;

/**
 * Brings one known file into {@code part}: goes on where an earlier download stopped, and tries again when the server is busy or the
 * connection breaks. What arrived is checked by the caller.
 */
final class Download {
    private static final int CHUNK = 1 << 16;
    private static final long MEGABYTE = 1_000_000;

    private final KnownWeights known;
    private final Path part;
    private final HttpClient client;
    private final Patience patience;
    private final Progress progress;

    Download(KnownWeights known, Path part, HttpClient client, Patience patience, Progress progress) {
        this.known = known;
        this.part = part;
        this.client = client;
        this.patience = patience;
        this.progress = progress;
    }

    /** The server or the connection failed in a way that may pass. */
    private static final class PassingFailure extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> wanted;

        PassingFailure(String message, Optional<Duration> wanted, Throwable cause) {
            super(message, cause);
            this.wanted = wanted;
        }
    }

    /**
     * Returns when the server has sent all it has to send.
     *
     * @throws MissingRequirementException when it does not
     * @throws IOException when {@code part} cannot be written
     */
    void run() throws IOException {
        int failures = 0;
        while (true) {
            long before = kept();
            try {
                if (before < known.bytes()) {
                    transfer(before);
                }
                return;
            } catch (PassingFailure e) {
                failures = kept() > before ? 1 : failures + 1;
                Duration pause = e.wanted.orElse(patience.pauseAfter(failures));
                if (failures >= patience.tries() || pause.compareTo(patience.longestPause()) > 0) {
                    throw unavailable(e.getMessage(), e);
                }
                progress.message(e.getMessage() + "; trying again in " + pause.toSeconds() + " s");
                Patience.pause(pause);
            }
        }
    }

    private void transfer(long from) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(known.address())
                .timeout(patience.silence())
                .GET();
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> receive(body, 0);
                case 206 -> {
                    String range =
                            response.headers().firstValue("Content-Range").orElse("");
                    if (!range.startsWith("bytes " + from + "-")) {
                        throw new WrongFileException("asked for bytes from " + from + ", it sent '" + range + "'");
                    }
                    receive(body, from);
                }
                case 416 -> throw new WrongFileException("it has no byte " + from);
                default -> throw failure(response);
            }
        }
    }

    private IOException failure(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            return new PassingFailure(
                    "the server answered " + status,
                    response.headers().firstValue("Retry-After").flatMap(Download::duration),
                    null);
        }
        throw unavailable("the server answered " + status, null);
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unavailable("no connection" + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new PassingFailure("the connection failed: " + e.getMessage(), Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Reads to the end, but never more than one byte too many: a wrong file must not fill the disk. */
    private void receive(InputStream body, long from) throws IOException {
        OpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        byte[] chunk = new byte[CHUNK];
        long done = from;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
                SilenceWatch watch = new SilenceWatch(body, patience.silence())) {
            while (done <= known.bytes()) {
                int read = read(body, chunk, watch);
                if (read < 0) {
                    return;
                }
                out.write(chunk, 0, read);
                done += read;
                progress.advance(
                        "downloading " + known.file() + " (MB)",
                        Math.min(done, known.bytes()) / MEGABYTE,
                        Math.max(1, known.bytes() / MEGABYTE),
                        "");
            }
        }
    }

    private static int read(InputStream body, byte[] chunk, SilenceWatch watch) throws PassingFailure {
        try {
            int read = body.read(chunk);
            if (read < 0 && watch.hasClosed()) {
                throw new IOException("closed");
            }
            watch.heard();
            return read;
        } catch (IOException e) {
            String why = watch.hasClosed() ? "the server fell silent" : "the connection broke off: " + e.getMessage();
            throw new PassingFailure(why, Optional.empty(), e);
        }
    }

    private long kept() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private MissingRequirementException unavailable(String why, Throwable cause) {
        String kept = "";
        try {
            if (kept() > 0) {
                kept = " " + kept() + " bytes are kept, and fetching again goes on from there.";
            }
        } catch (IOException e) {
            kept = " (" + part + " cannot be read: " + e.getMessage() + ")";
        }
        return new MissingRequirementException(
                "cannot download " + known.file() + " from " + known.address() + ": " + why + "." + kept + " "
                        + known.byHand(),
                cause);
    }

    /** {@code Retry-After} gives seconds or a date. */
    private static Optional<Duration> duration(String retryAfter) {
        try {
            if (retryAfter.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
            }
            Instant date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration until = Duration.between(Instant.now(), date);
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
