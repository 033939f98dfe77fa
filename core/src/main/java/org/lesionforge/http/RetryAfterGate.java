package org.lesionforge.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Makes all threads wait for the pause that the server required of one of them. */
final class RetryAfterGate {
    private final long epoch = System.nanoTime();
    private final AtomicLong opens = new AtomicLong();

    /** The server allows no request for {@code duration} from now on. */
    void closeFor(Duration duration) {
        opens.accumulateAndGet(System.nanoTime() - epoch + duration.toNanos(), Math::max);
    }

    /** Waits until the pause is over. */
    void await() throws IOException {
        for (long wait = left(); wait > 0; wait = left()) {
            RetryPolicy.pause(Duration.ofNanos(wait).plusMillis(1));
        }
    }

    private long left() {
        return opens.get() - (System.nanoTime() - epoch);
    }
}
