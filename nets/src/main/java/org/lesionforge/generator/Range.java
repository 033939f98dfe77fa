package org.lesionforge.generator;

/** What a generator's options can be, for the records of options. */
public final class Range {
    private Range() {}

    /**
     * Refuses a value outside its range.
     *
     * @param holds whether it is inside
     * @param name of the option
     * @param range that it must lie in, in words
     * @param got its value
     * @throws IllegalArgumentException unless {@code holds}, with all three
     */
    public static void require(boolean holds, String name, String range, Object got) {
        if (!holds) {
            throw new IllegalArgumentException("the generator's " + name + " must be " + range + ", got " + got);
        }
    }
}
