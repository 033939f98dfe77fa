package org.lesionforge.http;

import java.io.IOException;
import java.util.Objects;

/**
 * A server's content is not the expected one: the part already downloaded belongs to another file, or the whole has the
 * wrong content.
 */
public final class MismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * For a fault that a retry would not mend.
     *
     * @param message what was expected and what was received
     */
    public MismatchException(String message) {
        super(message);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
