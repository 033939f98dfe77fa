package org.lesionforge.gan;

/** What a generator's options can be. */
final class Range {
    private Range() {}

    /** @throws IllegalArgumentException unless {@code holds}, with the {@code range} that {@code name} must lie in and what it is */
    static void require(boolean holds, String name, String range, Object got) {
        if (!holds) {
            throw new IllegalArgumentException("the generator's " + name + " must be " + range + ", got " + got);
        }
    }
}
