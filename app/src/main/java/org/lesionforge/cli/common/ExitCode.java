package org.lesionforge.cli.common;

/** What the process answers; documented in the guide, so scripts may rely on it. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A check found something (audit), or the program itself failed. */
    public static final int FAILURE = 1;

    public static final int WRONG_USAGE = 2;
    public static final int UNUSABLE_INPUT = 3;
    /** Weights, network, device or disk space are missing; or the results could not be written to stdout. */
    public static final int MISSING_REQUIREMENT = 4;

    /** Ctrl-C. A signal has the code of its number and 128, which the process takes by itself when it ends by one: 143 by TERM, 129 by HUP. */
    static final int INTERRUPTED = 130;

    /** The reader of stdout has ended: the code of other programs that end by the signal PIPE. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
