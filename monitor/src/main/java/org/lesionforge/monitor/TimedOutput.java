package org.lesionforge.monitor;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An answer that goes out in pieces, each of which its reader has to take in time. One that holds its connection open
 * and takes nothing would keep a thread, and the place of a stream, for ever: the thread that waits for it is
 * interrupted, which closes the connection.
 */
final class TimedOutput extends FilterOutputStream {
    /** How long a reader may take nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A slow reader takes one again and again, however long all of them take. */
    private static final int PIECE = 1 << 13;

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Duration patience;

    TimedOutput(OutputStream out, Duration patience) {
        super(out);
        this.patience = patience;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "monitor-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** Something that waits for the reader. */
    @FunctionalInterface
    private interface Piece {
        void send() throws IOException;
    }

    private void inTime(Piece piece) throws IOException {
        Future<?> end = CLOCK.schedule(Thread.currentThread()::interrupt, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            piece.send();
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; done += PIECE) {
            int start = from + done;
            int size = Math.min(PIECE, length - done);
            inTime(() -> out.write(bytes, start, size));
        }
    }

    @Override
    public void flush() throws IOException {
        inTime(out::flush);
    }

    @Override
    public void close() throws IOException {
        inTime(out::close);
    }
}
