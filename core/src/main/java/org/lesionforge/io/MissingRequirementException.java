package org.lesionforge.io;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something outside the input is needed and missing: weights, network, a device. The message says how to get it. Exit code 4. */
public final class MissingRequirementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * For a fault that the program itself finds.
     *
     * @param message what is missing, and how to get it
     */
    public MissingRequirementException(String message) {
        super(message);
    }

    /**
     * For a fault that another exception reports.
     *
     * @param message what is missing, and how to get it
     * @param cause the exception; null where there is none
     */
    public MissingRequirementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
