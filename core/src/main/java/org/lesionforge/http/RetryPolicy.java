package org.lesionforge.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long one puts up with a server.
 *
 * @param tries in a row without a single new byte
 * @param firstPause after the first of them, at the longest; it doubles with each
 * @param longestPause that a server may ask for
 * @param silence after which a connection counts as broken
 */
public record RetryPolicy(int tries, Duration firstPause, Duration longestPause, Duration silence) {
    public static final RetryPolicy USUAL =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(60));

    /** Before the next try, after {@code failures} of them: from half to the whole of the doubled pause, lest all come back at once. */
    public Duration pauseAfter(int failures) {
        long longest = firstPause.multipliedBy(1L << Math.min(failures - 1, 10)).toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    /** @throws InterruptedIOException when the thread is interrupted meanwhile */
    public static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
