package org.lesionforge.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;

/** A failure of the server or the connection that may be temporary. */
final class TransientFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> wanted;
    private final int status;

    TransientFailure(String message, Throwable cause) {
        super(message, cause);
        wanted = Optional.empty();
        status = 0;
    }

    /** For a response that asks to try again later. */
    TransientFailure(HttpResponse<?> response) {
        super("the server answered " + response.statusCode());
        wanted = response.headers().firstValue("Retry-After").flatMap(TransientFailure::duration);
        status = response.statusCode();
    }

    static boolean is(int status) {
        return status == 429 || status >= 500;
    }

    /** The pause that the server's response requires. */
    Optional<Duration> wanted() {
        return wanted;
    }

    int status() {
        return status;
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

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
