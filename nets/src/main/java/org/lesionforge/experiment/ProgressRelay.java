package org.lesionforge.experiment;

import java.util.function.Supplier;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.Progress;

/** Forwards everything to another progress, which can be exchanged, since networks are opened before their run. */
final class ProgressRelay implements Progress {
    private volatile Progress next;

    ProgressRelay(Progress next) {
        this.next = next;
    }

    void to(Progress other) {
        next = other;
    }

    @Override
    public void advance(String task, long done, long total, String detail) {
        next.advance(task, done, total, detail);
    }

    @Override
    public void message(String text) {
        next.message(text);
    }

    @Override
    public void warn(String text) {
        next.warn(text);
    }

    @Override
    public void overall(Supplier<String> line) {
        next.overall(line);
    }

    @Override
    public Cancellation cancellation() {
        return next.cancellation();
    }
}
