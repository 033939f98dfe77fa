package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import picocli.CommandLine;

/** What one call of the program came to. */
public record Invocation(int exitCode, String out, String err) {
    public static Invocation of(String... arguments) {
        return of(Zoos.STANDARD, arguments);
    }

    /** Of a program that knows the networks of {@code zoos}. */
    public static Invocation of(Zoos zoos, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(() -> zoos, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exitCode = Main.run(command, arguments);
        return new Invocation(exitCode, out.toString(), err.toString());
    }

    /** With {@code more} arguments after those given first. */
    public static Invocation of(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return of(all);
    }

    public Invocation succeeds() {
        assertEquals(ExitCode.DONE, exitCode, err);
        return this;
    }

    /** Fails with {@code code}, says all of {@code words} on stderr, and neither prints a result nor shows a stack trace. */
    public void fails(int code, String... words) {
        assertEquals(code, exitCode, err);
        for (String word : words) {
            assertTrue(err.contains(word), "'" + word + "' is not in: " + err);
        }
        assertEquals("", out);
        assertFalse(err.contains("\tat "), err);
    }
}
