package org.lesionforge.bench.fuzz;

/** What became of one mutant. */
enum Outcome {
    /** With a message for the user: exit code 3 or 4. */
    REFUSED("refused", false),
    /** Read, and worth the same as the sound file. */
    SAME_VALUE("same value", false),
    /** Read, and worth something else, which no reader could know to be wrong. */
    OTHER_VALUE("other value", false),
    /** Anything thrown that is not a refusal, running out of memory included. */
    WRONG_EXCEPTION("wrong exception", true),
    /** Read as another value although the independent reader refuses the file, or reads a different one. */
    SILENT_ACCEPTANCE("silent wrong acceptance", true),
    /** The process ended. */
    CRASH("crash", true),
    /** No answer within the time allowed. */
    HANG("hang", true);

    final String title;
    final boolean isFault;

    Outcome(String title, boolean isFault) {
        this.title = title;
        this.isFault = isFault;
    }
}
