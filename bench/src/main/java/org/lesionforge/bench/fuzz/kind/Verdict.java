package org.lesionforge.bench.fuzz.kind;

import java.util.Optional;

/**
 * An independent reader's verdict on a file.
 *
 * @param objection why it refuses it; empty where it does not
 * @param value what it reads, in the form of {@link Kind#value}; empty where it cannot tell
 */
public record Verdict(Optional<String> objection, Optional<String> value) {
    /** No objection, and no known value. */
    public static final Verdict UNKNOWN = new Verdict(Optional.empty(), Optional.empty());

    public static Verdict refuses(String objection) {
        return new Verdict(Optional.of(objection), Optional.empty());
    }

    public static Verdict reads(String value) {
        return new Verdict(Optional.empty(), Optional.of(value));
    }
}
