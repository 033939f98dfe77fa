package org.lesionforge.cli.common;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Where results go. It records what Java's own streams keep to themselves: that some of them were lost, for the disk behind a redirection is
 * full, or the reader of a pipe has ended.
 */
public final class Stdout extends OutputStream {
    private static final String CLOSED_PIPE = "Broken pipe";

    private final OutputStream out;
    private @Nullable IOException failure;

    Stdout(OutputStream out) {
        this.out = out;
    }

    /** The process's own, from now on behind {@link System#out}. */
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
     * What the process answers when all is written.
     *
     * @param code of the command; what it says goes before what became of stdout, unless it is {@link ExitCode#DONE}
     */
    public int exitCode(int code, PrintStream err) {
        if (failure == null) {
            return code;
        }
        if (CLOSED_PIPE.equals(failure.getMessage())) {
            // The reader has what it wanted, as 'head' has: other programs end by a signal then, without a word.
            return code == ExitCode.DONE ? ExitCode.CLOSED_PIPE : code;
        }
        err.println("lesionforge: results could not be written to stdout, they are lost (" + failure.getMessage()
                + "); make room, or send them elsewhere, and run it again");
        return code == ExitCode.DONE ? ExitCode.MISSING_REQUIREMENT : code;
    }
}
