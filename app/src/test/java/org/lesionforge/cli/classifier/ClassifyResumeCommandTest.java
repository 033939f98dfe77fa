package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.ProgramProcess;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;

/** A training that Ctrl-C ends, and what resumes it and what does not. */
final class ClassifyResumeCommandTest {
    @TempDir
    static Path folder;

    private static Path dataset;
    /** Finished, of one epoch. */
    private static Path straight;

    @BeforeAll
    static void prepare() throws IOException {
        TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        dataset = folder.resolve("dataset");
        straight = folder.resolve("straight");
        Invocation.of(train(straight, 1)).succeeds();
    }

    private static String[] train(Path out, int epochs) {
        return new String[] {
            "classify",
            "train",
            dataset.toString(),
            "--out",
            out.toString(),
            "--size",
            "75",
            "--epochs",
            "" + epochs,
            "--batch",
            "8",
            "--micro-batch",
            "4",
            "--threads",
            "1",
            "--keep",
            "1"
        };
    }

    private static Invocation resume(Path run, String... more) {
        String[] fixed = {"classify", "resume", run.toString(), "--threads", "1"};
        String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Invocation.of(all);
    }

    /** A run that has not begun: as one that was killed before its first checkpoint. */
    private static Path begun(String name) throws IOException {
        Path run = folder.resolve(name);
        ClassifierOptions options = ClassifierRun.open(straight).config().options();
        ClassifierRun.create(
                run, Dataset.open(dataset).training(), BackboneZoo.STANDARD.first(), options, Optional.empty());
        return run;
    }

    private static Map<String, String> files(Path run) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("stats.jsonl")) {
                    sums.put(run.relativize(file).toString(), Sha256.of(file));
                }
            }
        }
        return sums;
    }

    @Test
    void ctrlCEndsATrainingBetweenTwoMicroBatchesAndSaysWhatIsSaved() throws IOException, InterruptedException {
        Path run = folder.resolve("interrupted");
        try (ProgramProcess training = ProgramProcess.start(folder.resolve("err.txt"), train(run, 100_000))) {
            training.awaitThat(() -> training.said().contains("training the classifier, images"));
            resume(run, "--quiet").fails(ExitCode.UNUSABLE_INPUT, "another process is training in " + run);
            training.send("INT", 2);
            assertEquals(130, training.exitCode(), training.said());
            assertTrue(
                    training.said().contains("lesionforge: the classifier's training was stopped (")
                            && training.said().contains("everything is saved in " + run)
                            && training.said().contains("resume with: lesionforge classify resume " + run),
                    training.said());
        }
        assertFalse(Files.exists(run.resolve("model.safetensors")));
        try (Stream<Path> saved = Files.list(run.resolve("checkpoints"))) {
            assertEquals(2, saved.count(), "the tensors and the JSON of one");
        }
    }

    @Test
    void aRunWithoutACheckpointStartsAgainAndAFinishedOneStaysAsItIs() throws IOException {
        Path run = begun("begun");
        Files.writeString(run.resolve("stats.jsonl"), "{\"epoch\":1,\"train_");
        resume(run, "--quiet").succeeds();
        Map<String, String> expected = files(straight);
        assertEquals(expected, files(run), "no checkpoints, and the same classifier");
        byte[] log = Files.readAllBytes(run.resolve("stats.jsonl"));

        Invocation again = resume(run);
        again.succeeds();
        assertTrue(again.err().contains(run + " is finished: there is nothing to resume"), again.err());
        assertTrue(again.out().contains("kept epoch 1"), again.out());
        Invocation json = resume(run, "--json", "--quiet");
        json.succeeds();
        assertEquals(
                run.toString(),
                Json.convert(Json.readTree(save(json.out())), ObjectNode.class)
                        .get("run")
                        .asText());
        assertEquals(expected, files(run));
        assertArrayEquals(log, Files.readAllBytes(run.resolve("stats.jsonl")));

        // Killed between its last file and the end.
        Files.createDirectories(run.resolve("checkpoints"));
        Files.writeString(run.resolve("checkpoints/state-00000001.json"), "{}");
        Invocation tidied = resume(run).succeeds();
        assertTrue(tidied.err().contains("finished but for its checkpoints, which are deleted"), tidied.err());
        assertFalse(Files.exists(run.resolve("checkpoints")));
        assertEquals(expected, files(run));
    }

    private static Path save(String text) throws IOException {
        return Files.writeString(folder.resolve("out.json"), text);
    }

    /** As version 0.1 wrote it, and with its data set elsewhere. */
    @Test
    void aRunOfVersion01StartsAgainWhereverItsDataSetIs() throws IOException {
        Path run = begun("old");
        ObjectNode old = (ObjectNode) Json.readTree(run.resolve("config.json"));
        old.remove(List.of("images_sha256", "add"));
        old.put("dataset", "moved-away");
        Files.writeString(run.resolve("config.json"), Json.pretty(old));
        resume(run, "--quiet").fails(ExitCode.UNUSABLE_INPUT, "moved-away");
        resume(run, "--dataset", dataset.toString(), "--quiet").succeeds();
        Map<String, String> expected = files(straight);
        Map<String, String> actual = files(run);
        expected.remove("config.json");
        actual.remove("config.json");
        assertEquals(expected, actual);
    }

    @Test
    void aRunKeepsThePrecisionThatItBeganWith() throws IOException {
        assertEquals(
                new Computed("cpu", Precision.FLOAT32),
                ClassifierRun.open(straight).config().computed());
        Path run = begun("half");
        ClassifierRun.open(run).trainedOn(new Computed("cuda:1", Precision.BFLOAT16));
        Invocation resumed = resume(run, "--device", "cpu").succeeds();
        assertTrue(
                resumed.err().contains("computed on cuda:1 in bfloat16 so far; it continues on cpu in bfloat16"),
                resumed.err());
        assertEquals(
                new Computed("cpu", Precision.BFLOAT16),
                ClassifierRun.open(run).config().computed());
    }

    @Test
    void otherDataAndOtherWeightsAreRefusedWithBothChecksums() throws IOException {
        Path run = begun("changed");
        ObjectNode config = (ObjectNode) Json.readTree(run.resolve("config.json"));
        for (String key : List.of("split_sha256", "images_sha256", "weights_sha256")) {
            ObjectNode changed = config.deepCopy();
            changed.put(key, "0123");
            Files.writeString(run.resolve("config.json"), Json.pretty(changed));
            String now = config.get(key).isNull() ? "none" : config.get(key).asText();
            resume(run, "--quiet").fails(ExitCode.UNUSABLE_INPUT, "checksum 0123, now it is " + now);
        }
        Files.writeString(run.resolve("config.json"), Json.pretty(config));
        resume(run, "--weights", folder.resolve("none.safetensors").toString(), "--quiet")
                .fails(ExitCode.MISSING_REQUIREMENT, "none.safetensors");
        assertFalse(Files.exists(run.resolve("model.json")));
    }

    @Test
    void whatIsNoClassifiersRunOfItsOwnIsRefused() throws IOException {
        resume(dataset, "--quiet").fails(ExitCode.UNUSABLE_INPUT, "not the run of a classifier");
        resume(folder.resolve("nowhere"), "--quiet").fails(ExitCode.UNUSABLE_INPUT, "not the run of a classifier");
        resume(straight, "--keep", "0").fails(ExitCode.WRONG_USAGE, "at least 1");
        Path experiment = Files.createDirectories(folder.resolve("experiment"));
        Files.writeString(experiment.resolve("provenance.json"), "{}");
        begun("experiment/arms/none-seed0");
        resume(experiment, "--quiet").fails(ExitCode.UNUSABLE_INPUT, "experiment --out " + experiment + " --resume");
    }
}
