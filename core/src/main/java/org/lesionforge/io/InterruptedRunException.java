package org.lesionforge.io;

/** Somebody asked for the work to stop. What is finished is saved; the message says how far it came. Exit code 130. */
public final class InterruptedRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InterruptedRunException(String message) {
        super(message);
    }
}
