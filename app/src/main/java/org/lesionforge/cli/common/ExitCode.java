package org.lesionforge.cli.common;

/** The exit codes; documented in the guide, so that scripts may rely on them. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A check found something (audit), or the program itself failed. */
    public static final int FAILURE = 1;

    public static final int WRONG_USAGE = 2;
    public static final int UNUSABLE_INPUT = 3;
    /** Weights, network, device or disk space are missing; or the results could not be written to stdout. */
    public static final int MISSING_REQUIREMENT = 4;

    /**
     * Ctrl-C. A process that is ended by a signal has 128 plus the signal's number as its code: 143 for TERM, 129 for
     * HUP.
     */
    static final int INTERRUPTED = 130;

    /** The reader of stdout has ended; the code of programs that are ended by the signal PIPE. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
