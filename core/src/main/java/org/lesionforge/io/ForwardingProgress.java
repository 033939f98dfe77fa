package org.lesionforge.io;

import java.util.function.Supplier;

/** Forwards all calls to another progress; a subclass overrides only what it changes. */
public abstract class ForwardingProgress implements Progress {
    private final Progress next;

    protected ForwardingProgress(Progress next) {
        this.next = next;
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
