package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;

/** Signals, as a terminal sends them, to the program in a process of its own; and resuming. */
final class GanResumeCommandTest {
    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void prepare() throws IOException {
        TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        run = folder.resolve("run");
    }

    private String[] train(Path out, int epochs) {
        return new String[] {
            "gan",
            "train",
            folder.resolve("dataset").toString(),
            "--class",
            "malignant",
            "--out",
            out.toString(),
            "--size",
            "16",
            "--width",
            "4",
            "--batch",
            "4",
            "--epochs",
            "" + epochs,
            "--snapshot-every",
            "1000",
            "--checkpoint-every",
            "0",
            "--quiet"
        };
    }

    private Process training(Path err) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Main.class.getName()));
        // Long enough that it cannot end by itself.
        command.addAll(List.of(train(run, 1_000_000)));
        return new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The exit codes of processes that end by these signals: 128 and the signal's number. */
    @ParameterizedTest
    @CsvSource({"INT, 2, 130", "TERM, 15, 143", "HUP, 1, 129"})
    void aSignalLetsTheStepEndAndSavesAndResumeContinues(String signal, int number, int code)
            throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        Process training = training(err);
        try {
            while (!hasCheckpoint()) {
                assertTrue(training.isAlive(), () -> read(err));
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assumeTrue(
                    handles(training.pid(), number),
                    "the tests run where this signal is ignored, as Ctrl-C is in the background");
            Invocation.of("gan", "resume", run.toString(), "--quiet")
                    .fails(ExitCode.UNUSABLE_INPUT, "another process is training in " + run);
            new ProcessBuilder("kill", "-" + signal, "" + training.pid())
                    .start()
                    .waitFor();
            assertTrue(training.waitFor(2, TimeUnit.MINUTES));
        } finally {
            training.destroyForcibly();
        }
        String said = read(err);
        assertEquals(code, training.exitValue(), said);
        assertTrue(said.contains("resume with: lesionforge gan resume " + run), said);
        assertTrue(said.contains("stopped after iteration"), said);
        assertFalse(Files.exists(run.resolve("best.json")));
        long iteration = Files.readAllLines(run.resolve("stats.jsonl")).size();
        assertTrue(
                Files.exists(run.resolve("checkpoints/state-%08d.json".formatted(iteration))),
                "the last iteration that was logged is the one that was saved");
    }

    @Test
    void aRunThatIsRemovedIsSomethingMissing() throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        Process training = training(err);
        try {
            while (!hasCheckpoint()) {
                assertTrue(training.isAlive(), () -> read(err));
                TimeUnit.MILLISECONDS.sleep(20);
            }
            Files.move(run, folder.resolve("elsewhere"));
            assertTrue(training.waitFor(2, TimeUnit.MINUTES));
        } finally {
            training.destroyForcibly();
        }
        assertEquals(ExitCode.MISSING_REQUIREMENT, training.exitValue(), read(err));
        assertTrue(read(err).contains(run + " is gone"), read(err));
        assertFalse(Files.exists(run));
    }

    private boolean hasCheckpoint() {
        String[] names = run.resolve("checkpoints").toFile().list((where, name) -> name.matches("state-.*json"));
        return names != null && names.length > 0;
    }

    private static boolean handles(long pid, int signal) throws IOException {
        Path status = Path.of("/proc", "" + pid, "status");
        assumeTrue(Files.exists(status), "this system does not tell which signals a process handles");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) >>> (signal - 1) & 1) != 0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aFinishedRunIsNotResumedAndAMovedDataSetIsNamed() throws IOException {
        Invocation.of(train(run, 1)).succeeds();
        Invocation.of("gan", "resume", run.toString()).fails(ExitCode.UNUSABLE_INPUT, "is finished");
        Invocation.of("gan", "resume", folder.resolve("dataset").toString())
                .fails(ExitCode.UNUSABLE_INPUT, "not a GAN run");
        // The one run in a folder is meant.
        Invocation.of("gan", "resume", folder.toString()).fails(ExitCode.UNUSABLE_INPUT, "is finished");
        Files.writeString(folder.resolve("provenance.json"), "{}");
        Invocation.of("gan", "resume", folder.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "experiment DATASET --out " + folder + " --resume");

        // As if it had been killed before its first checkpoint.
        Files.delete(run.resolve("best.json"));
        Path moved = Files.move(folder.resolve("dataset"), folder.resolve("moved"));
        Invocation.of("gan", "resume", run.toString(), "--quiet").fails(ExitCode.UNUSABLE_INPUT, "dataset");
        Invocation.of("gan", "resume", run.toString(), "--dataset", moved.toString(), "--quiet")
                .succeeds();
        assertTrue(Files.exists(run.resolve("best.json")));
        Invocation.of("gan", "train", moved.toString(), "--class", "malignant", "--out", "x", "--keep", "0")
                .fails(ExitCode.WRONG_USAGE, "checkpoints to keep", "at least 1");
    }
}
