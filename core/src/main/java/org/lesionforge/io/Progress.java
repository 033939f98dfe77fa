package org.lesionforge.io;

import java.util.function.Supplier;

/**
 * Is told how far a long piece of work is, and carries the {@link Cancellation} that the work reads between two of its units. Implementations
 * must be quick, must not throw, and may be called from several threads.
 *
 * <p>The work never prints; the caller decides what people see.
 */
public interface Progress {
    /** Keeps everything to itself. */
    Progress SILENT = new Progress() {
        @Override
        public void advance(String task, long done, long total, String detail) {}

        @Override
        public void message(String text) {}
    };

    /**
     * @param task what is being done, constant during one piece of work ("training the GAN")
     * @param done units finished
     * @param total units in all, at least 1
     * @param detail what else to show beside it ("loss_d 0.61 loss_g 2.10"); may be empty
     */
    void advance(String task, long done, long total, String detail);

    /** A line worth keeping in the log: a finding, a warning, a step finished. */
    void message(String text);

    /**
     * What to show beside every piece of work from now on: how far the whole is that it belongs to.
     *
     * @param line asked for when something is shown; may answer an empty text, and must not call this progress
     */
    default void overall(Supplier<String> line) {}

    /** A finding that a person must not miss, where no progress is wanted either. The same one again and again is to be shown once. */
    default void warn(String text) {
        message("warning: " + text);
    }

    /** Whether the work is to stop; the same one for all of the work. A progress that wraps another answers with the other's. */
    default Cancellation cancellation() {
        return Cancellation.NONE;
    }

    /** This progress, for work that stops between two of its units when {@code token} is requested. */
    default Progress cancelledBy(Cancellation token) {
        return new ForwardingProgress(this) {
            @Override
            public Cancellation cancellation() {
                return token;
            }
        };
    }
}
