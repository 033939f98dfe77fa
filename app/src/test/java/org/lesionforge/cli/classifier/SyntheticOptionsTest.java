package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.ToyProgram;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** {@code --synthetic-weight} and {@code --synthetic-first}, of a training and of an experiment. */
final class SyntheticOptionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;
    private static String theirs;
    private static String weights;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "16,24", "--test", "0.25", "--validation", "0.2")
                .toString();
        Path added = folder.resolve("theirs");
        Phantoms.write(added, new PhantomOptions(1, 8, 0, 80, 99), Progress.SILENT);
        theirs = added.resolve("malignant").toString();
        weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
    }

    private static Invocation toy(String[] more, String... first) {
        String[] all = Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
        return Invocation.of(ToyProgram.ZOOS, all);
    }

    private static Invocation train(Path out, String... more) {
        return toy(
                more,
                "classify",
                "train",
                dataset,
                "--out=" + out,
                "--weights=" + weights,
                "--batch=8",
                "--select=last",
                "--quiet");
    }

    private static Invocation frozen(Path out, String... more) {
        return toy(more, "classify", "train", dataset, "--out=" + out, "--freeze", "--weights=" + weights, "--quiet");
    }

    private static Invocation experiment(Path out, String... more) {
        return toy(
                more,
                "experiment",
                dataset,
                "--out=" + out,
                "--weights=" + weights,
                "--batch=8",
                "--gan-size=16",
                "--quiet");
    }

    private static byte[] model(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model.safetensors"));
    }

    private static JsonNode synthetic(Path run) throws IOException {
        return JSON.readTree(run.resolve("config.json").toFile()).at("/options/synthetic");
    }

    @Test
    void whatMeansNothingIsRefusedByName() {
        Path out = folder.resolve("refused");
        train(out, "--synthetic-weight=0.5").fails(ExitCode.WRONG_USAGE, "--synthetic-weight", "--add");
        train(out, "--synthetic-first").fails(ExitCode.WRONG_USAGE, "--synthetic-first", "--add");
        train(out, "--add=" + theirs, "--synthetic-weight=0").fails(ExitCode.WRONG_USAGE, "above 0", "0.0");
        train(out, "--add=" + theirs, "--synthetic-first", "--epochs=1").fails(ExitCode.WRONG_USAGE, "2 epochs", "1");
        frozen(out, "--add=" + theirs, "--synthetic-first")
                .fails(ExitCode.WRONG_USAGE, "--freeze", "--synthetic-first");
        experiment(out, "--arms=none,oversample", "--synthetic-weight=0.5")
                .fails(ExitCode.WRONG_USAGE, "--synthetic-weight", "--arms");
        experiment(out, "--arms=none,external:x+only", "--external=x=" + theirs, "--synthetic-first")
                .fails(ExitCode.WRONG_USAGE, "--synthetic-first", "external:x+only");
        assertFalse(Files.exists(out));
    }

    @Test
    void aWeightOfOneChangesNoByteAndAnotherDoes() throws IOException {
        for (boolean freeze : new boolean[] {false, true}) {
            Path plain = folder.resolve("plain" + freeze);
            Path one = folder.resolve("one" + freeze);
            Path light = folder.resolve("light" + freeze);
            String add = "--add=" + theirs;
            (freeze ? frozen(plain, add) : train(plain, add, "--epochs=3")).succeeds();
            (freeze ? frozen(one, add, "--synthetic-weight=1") : train(one, add, "--epochs=3", "--synthetic-weight=1"))
                    .succeeds();
            (freeze
                            ? frozen(light, add, "--synthetic-weight=0.2")
                            : train(light, add, "--epochs=3", "--synthetic-weight=0.2"))
                    .succeeds();
            assertArrayEquals(model(plain), model(one));
            assertTrue(synthetic(one).isMissingNode());
            assertEquals(0.2, synthetic(light).get("weight").asDouble());
            assertFalse(Arrays.equals(model(plain), model(light)));
        }
    }

    @Test
    void anExperimentRecordsBothAndResumesWithThemAlone() throws IOException {
        Path run = folder.resolve("run");
        String[] first = {
            "--arms=none,external:x:6",
            "--external=x=" + theirs,
            "--synthetic-first",
            "--synthetic-weight=0.5",
            "--epochs=3"
        };
        experiment(run, first).succeeds();
        JsonNode results = JSON.readTree(run.resolve("results.json").toFile());
        String differences = results.get("differences_from_paper").toString();
        assertTrue(differences.contains("weighs 0.5 times as much"), differences);
        assertTrue(differences.contains("on the synthetic images first"), differences);
        JsonNode arm = results.get("arms").get(1);
        assertEquals(results.get("arms").get(0).get("steps"), arm.get("steps"), "as many steps");
        int real = arm.get("train").get("benign").asInt()
                + arm.get("train").get("malignant").asInt()
                - 6;
        // Of three epochs of as many images as there are real ones, one is of synthetic images.
        assertEquals(2.0, arm.get("real_epochs").asDouble(), 1e-9, real + " real");
        experiment(run, "--resume", "--synthetic-weight=0.25").fails(ExitCode.UNUSABLE_INPUT, "0.5", "0.25");
        experiment(run, "--resume").succeeds();
    }
}
