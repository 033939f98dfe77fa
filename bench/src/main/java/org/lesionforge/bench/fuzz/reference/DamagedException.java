package org.lesionforge.bench.fuzz.reference;

/** An independent reader refuses a file. */
public final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String objection) {
        super(objection);
    }

    DamagedException(String objection, Throwable cause) {
        super(objection, cause);
    }
}
