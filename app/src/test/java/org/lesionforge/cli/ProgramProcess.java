package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, to be sent signals as a terminal sends them. */
public final class ProgramProcess implements AutoCloseable {
    private final Path err;
    private final Process process;

    private ProgramProcess(Path err, Process process) {
        this.err = err;
        this.process = process;
    }

    /** @param err the file that takes its stderr */
    public static ProgramProcess start(Path err, String... arguments) throws IOException {
        return start(err, Main.class, arguments);
    }

    /** As {@link #start(Path, String...)}, of a program that begins at {@code main}. */
    public static ProgramProcess start(Path err, Class<?> main, String... arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Where it is removed with the rest, should native code crash.
                "-XX:ErrorFile=" + err + ".crash",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProgramProcess(
                err,
                new ProcessBuilder(command)
                        .redirectError(err.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Waits for something that it does while it runs. */
    public void awaitThat(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            assertTrue(process.isAlive(), this::said);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Sends a signal, and skips the test, visibly, where the process was started with it ignored, as Ctrl-C is in the background. */
    public void send(String signal, int number) throws IOException, InterruptedException {
        Path status = Path.of("/proc", "" + process.pid(), "status");
        assumeTrue(Files.exists(status), "this system does not tell which signals a process handles");
        assumeTrue(
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigCgt:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).trim(), 16) >>> (number - 1) & 1) != 0),
                "the tests run where this signal is ignored, as Ctrl-C is in the background");
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }

    /** Its exit code, within two minutes. */
    public int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), this::said);
        return process.exitValue();
    }

    /** What is on its stderr. */
    public String said() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
