package org.lesionforge.io;

import java.util.Objects;

/**
 * The work stopped between two of its units because its {@link Cancellation} was requested. Finished work is saved; the
 * message says how much that is. The program ends with exit code 130.
 */
public final class InterruptedRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * After the last unit is saved.
     *
     * @param message how far the work came
     */
    public InterruptedRunException(String message) {
        super(message);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
