package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Errors of the virtual machine are reported as failures are: a sentence and an exit code that says whose fault it is. */
class ExhaustionTest {
    @Command(name = "exhaust")
    private record Exhaust(Supplier<Error> error) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw error.get();
        }
    }

    private static void assertReported(Supplier<Error> error, int code, String words) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.addSubcommand(new CommandLine(new Exhaust(error)));
        command.setErr(new PrintWriter(err));
        assertEquals(code, command.execute("exhaust"));
        assertTrue(err.toString().contains(words), err.toString());
        assertFalse(err.toString().contains("Error"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void aStackThatOverflowsIsTheInputs() {
        assertReported(StackOverflowError::new, ExitCode.UNUSABLE_INPUT, "nested too deeply");
    }

    @Test
    void memoryThatIsExhaustedIsMissing() {
        assertReported(
                () -> new OutOfMemoryError("Java heap space"), ExitCode.MISSING_REQUIREMENT, "not enough memory");
    }
}
