package org.lesionforge.bench.fuzz.kind;

import java.util.Optional;

/**
 * What an independent reader says of a file.
 *
 * @param objection why it refuses it; empty where it does not
 * @param value what it reads, in the words of {@link Kind#value}; empty where it does not know
 */
public record Verdict(Optional<String> objection, Optional<String> value) {
    /** Sound as far as anybody can tell; the value is anybody's guess. */
    public static final Verdict UNKNOWN = new Verdict(Optional.empty(), Optional.empty());

    public static Verdict refuses(String objection) {
        return new Verdict(Optional.of(objection), Optional.empty());
    }

    public static Verdict reads(String value) {
        return new Verdict(Optional.empty(), Optional.of(value));
    }
}
