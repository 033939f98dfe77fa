package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.ProgramProcess;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.json.Json;

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

    /** Long enough that it cannot end by itself. */
    private ProgramProcess training() throws IOException {
        return ProgramProcess.start(folder.resolve("err.txt"), train(run, 1_000_000));
    }

    /** The exit codes of processes that end by these signals: 128 and the signal's number. */
    @ParameterizedTest
    @CsvSource({"INT, 2, 130", "TERM, 15, 143", "HUP, 1, 129"})
    void aSignalLetsTheStepEndAndSavesAndResumeContinues(String signal, int number, int code)
            throws IOException, InterruptedException {
        try (ProgramProcess training = training()) {
            training.awaitThat(this::hasCheckpoint);
            Invocation.of("gan", "resume", run.toString(), "--quiet")
                    .fails(ExitCode.UNUSABLE_INPUT, "another process is training in " + run);
            training.send(signal, number);
            assertEquals(code, training.exitCode(), training.said());
            assertTrue(training.said().contains("resume with: lesionforge gan resume " + run), training.said());
            assertTrue(training.said().contains("stopped after iteration"), training.said());
        }
        assertFalse(Files.exists(run.resolve("best.json")));
        long iteration = Files.readAllLines(run.resolve("stats.jsonl")).size();
        assertTrue(
                Files.exists(run.resolve("checkpoints/state-%08d.json".formatted(iteration))),
                "the last iteration that was logged is the one that was saved");
    }

    @Test
    void aRunThatIsRemovedIsSomethingMissing() throws IOException, InterruptedException {
        try (ProgramProcess training = training()) {
            training.awaitThat(this::hasCheckpoint);
            Files.move(run, folder.resolve("elsewhere"));
            assertEquals(ExitCode.MISSING_REQUIREMENT, training.exitCode(), training.said());
            assertTrue(training.said().contains(run + " is gone"), training.said());
        }
        assertFalse(Files.exists(run));
    }

    @Test
    void aRunKeepsThePrecisionThatItBeganWith() throws IOException {
        String[] half = {"--precision", "bfloat16", "--threads", "1"};
        Invocation.of(train(run, 1), half).succeeds();
        assertEquals("{\"device\":\"cpu\",\"precision\":\"bfloat16\"}", computed());
        Invocation again = resumed();
        assertTrue(again.err().contains("this run continues in bfloat16, as it began"), again.err());
        assertEquals("{\"device\":\"cpu\",\"precision\":\"bfloat16\"}", computed());
        Invocation other = resumed("--precision", "float32");
        assertTrue(
                other.err()
                        .contains("computed on cpu in bfloat16 so far; it continues on cpu in float32, as --precision"),
                other.err());
        assertEquals("{\"device\":\"cpu\",\"precision\":\"float32\"}", computed());

        // Begun on a card.
        record("cuda:1", "tf32");
        Invocation here = resumed("--device", "cpu");
        assertTrue(
                here.err().contains("on cuda:1 in tf32 so far; it continues on cpu in float32, which lacks tf32"),
                here.err());
        record("cuda:1", "float32");
        Invocation exact = resumed("--device", "cpu");
        assertTrue(exact.err().contains("on cuda:1 in float32 so far; it continues on cpu in float32"), exact.err());
        record("cuda:1", "float16");
        Invocation.of("gan", "resume", run.toString(), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "config.json", "precision");
    }

    /** As version 0.1 wrote it, and all versions until there was the key. */
    @Test
    void aRunWithoutARecordOfItsPrecisionIsResumedAsBefore() throws IOException {
        Invocation.of(train(run, 1)).succeeds();
        ObjectNode config = (ObjectNode) Json.readTree(run.resolve("config.json"));
        config.remove("computed");
        Files.writeString(run.resolve("config.json"), Json.pretty(config));
        resumed("--device", "cpu");
        assertEquals("{\"device\":\"cpu\",\"precision\":\"float32\"}", computed());
    }

    /** Another run of the same settings trains in the same precision, on whatever there is. */
    @Test
    void settingsOfARunHaveItsPrecisionAndNotItsDevice() throws IOException {
        Invocation.of(train(run, 1)).succeeds();
        record("cuda:7", "bfloat16");
        Path config = run.resolve("config.json");
        run = folder.resolve("same");
        Invocation.of("gan", "train", "--config", config.toString(), "--out", run.toString(), "--quiet")
                .succeeds();
        assertEquals("{\"device\":\"cpu\",\"precision\":\"bfloat16\"}", computed());
    }

    /** As if it had been killed before its last file. */
    private Invocation resumed(String... more) throws IOException {
        Files.delete(run.resolve("best.json"));
        return Invocation.of(new String[] {"gan", "resume", run.toString()}, more)
                .succeeds();
    }

    private String computed() {
        return Json.readTree(run.resolve("config.json")).get("computed").toString();
    }

    private void record(String device, String precision) throws IOException {
        ObjectNode config = (ObjectNode) Json.readTree(run.resolve("config.json"));
        config.putObject("computed").put("device", device).put("precision", precision);
        Files.writeString(run.resolve("config.json"), Json.pretty(config));
    }

    private boolean hasCheckpoint() {
        String[] names = run.resolve("checkpoints").toFile().list((where, name) -> name.matches("state-.*json"));
        return names != null && names.length > 0;
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
                .fails(ExitCode.UNUSABLE_INPUT, "experiment --out " + folder + " --resume");

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
