package org.lesionforge.bench.fuzz.reference;

import java.util.Objects;

/** An independent reader refuses a file. */
public final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String objection) {
        super(objection);
    }

    DamagedException(String objection, Throwable cause) {
        super(objection, cause);
    }

    /** Never null: it cannot be made without. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
