package org.lesionforge.io;

import java.util.function.Supplier;

/**
 * Receives the progress of long work, and gives the {@link Cancellation} that the work reads between two of its units.
 * Implementations must be quick, must not throw, and may be called from several threads.
 *
 * <p>The work never prints; the caller decides what is shown.
 */
public interface Progress {
    /** Shows nothing. */
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
     * @param detail further text to show ("loss_d 0.61 loss_g 2.10"); may be empty
     */
    void advance(String task, long done, long total, String detail);

    /**
     * A line worth keeping in the log: a finding, a warning, a step finished.
     *
     * @param text one line, without a line break
     */
    void message(String text);

    /**
     * Sets what to show beside every piece of work from now on: the progress of the whole.
     *
     * @param line called when something is shown; may return an empty text, and must not call this progress
     */
    default void overall(Supplier<String> line) {}

    /**
     * A finding that is shown even where no progress is wanted; a repeated one is shown once.
     *
     * @param text one line, without the word warning
     */
    default void warn(String text) {
        message("warning: " + text);
    }

    /**
     * {@return the cancellation of this work, always the same object} A progress that wraps another returns the
     * other's.
     */
    default Cancellation cancellation() {
        return Cancellation.NONE;
    }

    /**
     * {@return this progress, for work that stops between two of its units when {@code token} is requested}
     *
     * @param token requested by whoever wants the work to stop
     */
    default Progress cancelledBy(Cancellation token) {
        return new ForwardingProgress(this) {
            @Override
            public Cancellation cancellation() {
                return token;
            }
        };
    }
}
