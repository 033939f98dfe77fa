package org.lesionforge.bench.fuzz;

/** The result of trying one mutant. */
enum Outcome {
    /** Refused with a message for the user: exit code 3 or 4. */
    REFUSED("refused", false),
    /** Read, with the same value as the sound file. */
    SAME_VALUE("same value", false),
    /** Read with another value, which no reader could detect. */
    OTHER_VALUE("other value", false),
    /** Any other exception or error, including exhausted memory. */
    WRONG_EXCEPTION("wrong exception", true),
    /** Read with another value, although the independent reader refuses the file or reads a different value. */
    SILENT_ACCEPTANCE("silent wrong acceptance", true),
    /** The process ended. */
    CRASH("crash", true),
    /** No result within the time limit. */
    HANG("hang", true);

    final String title;
    final boolean isFault;

    Outcome(String title, boolean isFault) {
        this.title = title;
        this.isFault = isFault;
    }
}
