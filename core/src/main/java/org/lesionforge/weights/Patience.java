package org.lesionforge.weights;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How long a download puts up with a server.
 *
 * @param tries in a row without a single new byte
 * @param firstPause after the first of them; it doubles with each
 * @param longestPause that a server may ask for
 * @param silence after which a connection counts as broken
 */
record Patience(int tries, Duration firstPause, Duration longestPause, Duration silence) {
    static final Patience USUAL = new Patience(5, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(60));

    /** Before the next try, after {@code failures} of them. */
    Duration pauseAfter(int failures) {
        return firstPause.multipliedBy(1L << Math.min(failures - 1, 10));
    }

    static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
