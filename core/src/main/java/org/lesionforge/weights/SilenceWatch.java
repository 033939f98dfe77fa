package org.lesionforge.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a stream on which nothing has arrived for a while: {@code HttpClient} would wait for ever. */
final class SilenceWatch implements AutoCloseable {
    private final InputStream stream;
    private final long nanos;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> ticking;
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean closed;

    SilenceWatch(InputStream stream, Duration silence) {
        this.stream = stream;
        nanos = silence.toNanos();
        ticking = timer.scheduleWithFixedDelay(this::check, nanos / 4, nanos / 4, TimeUnit.NANOSECONDS);
    }

    /** Something arrived. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** Whether the silence lasted too long. */
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
        timer.shutdownNow();
    }
}
