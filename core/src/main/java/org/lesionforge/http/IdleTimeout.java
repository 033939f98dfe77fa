package org.lesionforge.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Closes a stream on which no data has arrived for some time; {@code HttpClient} would wait forever. */
final class IdleTimeout implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final InputStream stream;
    private final long nanos;
    private final ScheduledFuture<?> ticking;
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean closed;

    IdleTimeout(InputStream stream, Duration silence) {
        this.stream = stream;
        nanos = silence.toNanos();
        ticking = TIMER.scheduleWithFixedDelay(this::check, nanos / 4, nanos / 4, TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "download-watch");
            thread.setDaemon(true);
            return thread;
        });
        // Otherwise every finished download would stay in memory until its next check.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Resets the timeout: data has arrived. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** Whether the stream was closed because no data arrived in time. */
    boolean hasClosed() {
        return closed;
    }

    private void check() {
        if (System.nanoTime() - lastHeard > nanos) {
            closed = true;
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }
}
