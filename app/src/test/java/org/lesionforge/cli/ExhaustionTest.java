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

/** Errors of the virtual machine, and what libtorch says of memory, are reported as failures are: a sentence and an exit code that says whose fault it is. */
class ExhaustionTest {
    @Command(name = "exhaust")
    private record Exhaust(Supplier<Throwable> failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    private static void assertReported(Supplier<Throwable> failure, int code, String words) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.addSubcommand(new CommandLine(new Exhaust(failure)));
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

    @Test
    void memoryOfACardThatIsExhaustedIsMissing() {
        assertReported(
                () -> new RuntimeException(
                        "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of"
                                + " 79.10 GiB of which 8.56 GiB is free.\nException raised from malloc at CUDACachingAllocator.cpp"),
                ExitCode.MISSING_REQUIREMENT,
                "there is not enough memory for this; use smaller images or batches, free memory that other programs use,"
                        + " or compute on the CPU, with --device cpu (libtorch: CUDA out of memory. Tried to allocate 20.00"
                        + " GiB. GPU 0 has a total capacity of 79.10 GiB of which 8.56 GiB is free.)");
    }
}
