package org.lesionforge.io;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The input cannot be used. The message says what is wrong, where, and what to do about it. Exit code 3. */
public class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * For a fault that the program itself finds.
     *
     * @param message what is wrong, where, and what to do
     */
    public UnusableInputException(String message) {
        super(message);
    }

    /**
     * For a fault that another exception reports.
     *
     * @param message what is wrong, where, and what to do
     * @param cause the exception; null where there is none
     */
    public UnusableInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
