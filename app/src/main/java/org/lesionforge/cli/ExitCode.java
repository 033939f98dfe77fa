package org.lesionforge.cli;

/** What the process answers; documented in the guide, so scripts may rely on it. */
final class ExitCode {
    static final int DONE = 0;
    /** A check found something (audit), or the program itself failed. */
    static final int FAILURE = 1;

    static final int WRONG_USAGE = 2;
    static final int UNUSABLE_INPUT = 3;
    /** Weights, network, device or disk space are missing. */
    static final int MISSING_REQUIREMENT = 4;

    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
