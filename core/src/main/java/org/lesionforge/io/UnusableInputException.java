package org.lesionforge.io;

/** The input cannot be used. The message says what is wrong, where, and what to do about it. Exit code 3. */
public final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableInputException(String message) {
        super(message);
    }

    public UnusableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
