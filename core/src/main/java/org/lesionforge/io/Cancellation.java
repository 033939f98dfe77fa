package org.lesionforge.io;

/**
 * A request to stop running work. It is passed with the work ({@link Progress#cancellation()}), requested once, from
 * any thread, and read by the work itself between two of its units (batches, images, trials), where what is finished
 * can be saved.
 */
public final class Cancellation {
    /** For work that cannot be stopped; it cannot be requested. */
    public static final Cancellation NONE = new Cancellation();

    private volatile boolean requested;

    /**
     * Asks the work to stop. It ends after the unit that is under way, not at once; a second request changes nothing.
     *
     * @throws IllegalStateException on {@link #NONE}, which is shared by all work that was started without a token
     */
    public void request() {
        if (this == NONE) {
            throw new IllegalStateException("work that was started without a cancellation cannot be stopped; hand one "
                    + "down with Progress.cancelledBy");
        }
        requested = true;
    }

    /** {@return whether the work is to stop; once true, it stays so} */
    public boolean isRequested() {
        return requested;
    }

    /**
     * Ends the work here, between two units, if stopping was requested. The parameters are those of
     * {@link Progress#advance}.
     *
     * @param task name of the work, as people read it
     * @param done units that are finished
     * @param total units in all, at least 1
     * @throws InterruptedRunException saying how far the work has come
     */
    public void throwIfRequested(String task, long done, long total) {
        if (requested) {
            throw new InterruptedRunException("stopped: " + task + " " + done + "/" + total);
        }
    }
}
