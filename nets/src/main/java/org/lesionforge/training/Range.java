package org.lesionforge.training;

/** What an option of a training can be, for the records of options. */
public final class Range {
    private Range() {}

    /**
     * Refuses a value outside its range.
     *
     * @param holds whether it is inside
     * @param name of the option, with whose it is: {@code the generator's batch}
     * @param range that it must lie in, in words
     * @param got its value
     * @throws IllegalArgumentException unless {@code holds}, with name, range and value
     */
    public static void require(boolean holds, String name, String range, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + range + ", got " + got);
        }
    }
}
