package org.lesionforge.bench.fuzz;

import java.util.Optional;

/**
 * What an independent reader says of a file.
 *
 * @param objection why it refuses it; empty where it does not
 * @param value what it reads, in the words of {@link Kind#value}; empty where it does not know
 */
record Verdict(Optional<String> objection, Optional<String> value) {
    /** Sound as far as anybody can tell; the value is anybody's guess. */
    static final Verdict UNKNOWN = new Verdict(Optional.empty(), Optional.empty());

    static Verdict refuses(String objection) {
        return new Verdict(Optional.of(objection), Optional.empty());
    }

    static Verdict reads(String value) {
        return new Verdict(Optional.empty(), Optional.of(value));
    }
}
