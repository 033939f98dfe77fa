package org.lesionforge.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Limits on retries and waiting.
 *
 * @param tries most consecutive attempts without a new byte
 * @param firstPause longest pause after the first attempt; it doubles with each
 * @param longestPause that a server may ask for
 * @param silence time without data after which a connection counts as broken
 */
public record RetryPolicy(int tries, Duration firstPause, Duration longestPause, Duration silence) {
    /**
     * Five tries, pauses of 1, 2, 4 and 8 seconds at most; a server may require two minutes; a connection without data
     * for one minute is broken.
     */
    public static final RetryPolicy USUAL =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(60));

    /**
     * {@return the pause after {@code failures} failures: random, from half to all of the doubled pause, so that
     * clients do not retry at the same time}
     *
     * @param failures in a row, at least 1
     */
    public Duration pauseAfter(int failures) {
        long longest = firstPause.multipliedBy(1L << Math.min(failures - 1, 10)).toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    /**
     * Waits.
     *
     * @param duration at least 0
     * @throws InterruptedIOException when the thread is interrupted meanwhile
     */
    public static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
