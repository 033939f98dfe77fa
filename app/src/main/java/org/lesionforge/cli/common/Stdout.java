package org.lesionforge.cli.common;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The stream for results. Unlike Java's own streams it records a failed write: a full disk behind a redirection, or a
 * pipe whose reader has ended.
 */
public final class Stdout extends OutputStream {
    private static final String CLOSED_PIPE = "Broken pipe";

    private final OutputStream out;
    private @Nullable IOException failure;

    Stdout(OutputStream out) {
        this.out = out;
    }

    /** The process's stdout, which {@link System#out} writes to from now on. */
    public static Stdout ofProcess() {
        Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(stdout));
        return stdout;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /**
     * The exit code when all is written.
     *
     * @param code of the command; takes precedence over a failure of stdout, unless it is {@link ExitCode#DONE}
     */
    public int exitCode(int code, PrintStream err) {
        if (failure == null) {
            return code;
        }
        if (CLOSED_PIPE.equals(failure.getMessage())) {
            // The reader, such as 'head', needs no more; other programs then end silently by a signal.
            return code == ExitCode.DONE ? ExitCode.CLOSED_PIPE : code;
        }
        err.println("lesionforge: results could not be written to stdout, they are lost (" + failure.getMessage()
                + "); make room, or send them elsewhere, and run it again");
        return code == ExitCode.DONE ? ExitCode.MISSING_REQUIREMENT : code;
    }
}
