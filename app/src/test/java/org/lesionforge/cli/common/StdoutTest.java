package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Main;

/** Results that do not arrive are not taken for results. */
final class StdoutTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int answer(int code, String problem) {
        Stdout stdout = new Stdout(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (problem != null) {
                    throw new IOException(problem);
                }
            }
        });
        new PrintStream(stdout).println("a result");
        return stdout.exitCode(code, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLostResultIsSomethingMissing() {
        assertEquals(ExitCode.DONE, answer(ExitCode.DONE, null));
        assertEquals("", said());
        assertEquals(ExitCode.MISSING_REQUIREMENT, answer(ExitCode.DONE, "No space left on device"));
        assertTrue(said().contains("stdout") && said().contains("No space left on device"), said());
        assertEquals(ExitCode.FAILURE, answer(ExitCode.FAILURE, "No space left on device"));
    }

    @Test
    void aReaderThatHasEndedIsNoFailureAndIsNotReported() {
        assertEquals(141, answer(ExitCode.DONE, "Broken pipe"));
        assertEquals("", said());
        assertEquals(ExitCode.UNUSABLE_INPUT, answer(ExitCode.UNUSABLE_INPUT, "Broken pipe"));
    }

    @Test
    void theProgramItselfNoticesAFullDiskBehindItsStdout() throws IOException, InterruptedException {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "this system has no device that is always full");
        for (List<String> arguments : List.of(
                List.of("--version"),
                List.of("prepare", "--help"),
                List.of("weights", "list"),
                List.of("gan", "train", "--help"))) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Main.class.getName()));
            command.addAll(arguments);
            Path err = folder.resolve("err.txt");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(full)
                    .redirectError(err.toFile())
                    .start();
            assertEquals(ExitCode.MISSING_REQUIREMENT, process.waitFor(), arguments.toString());
            assertTrue(Files.readString(err).contains("results could not be written to stdout"), Files.readString(err));
        }
    }
}
