package org.lesionforge.bench.fuzz.mutation;

import java.util.SplittableRandom;

/**
 * One way to damage a file.
 *
 * @param name for people
 */
public record Mutation(String name, Change change) {
    /** Gives a changed copy; the file itself where there is nothing to change. Everything random comes from {@code random}. */
    @FunctionalInterface
    public interface Change {
        byte[] apply(byte[] file, SplittableRandom random);
    }
}
