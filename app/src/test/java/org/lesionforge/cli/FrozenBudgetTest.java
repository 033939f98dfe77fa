package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** A last layer that is fitted until it has converged takes no steps, so that no budget of them can be equal. */
final class FrozenBudgetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;
    private static String weights;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "16,24", "--test", "0", "--validation", "0")
                .toString();
        weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
    }

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    private static Invocation frozen(Path out, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "experiment",
                dataset,
                "--out=" + out,
                "--folds=2",
                "--weights=" + weights,
                "--freeze",
                "--arms=none,oversample",
                "--gan-size=16",
                "--no-cache",
                "--quiet"));
        all.addAll(List.of(more));
        return lesionforge(all.toArray(String[]::new));
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    @Test
    void aBudgetBesideFreezeIsRefusedByName() throws IOException {
        Path out = folder.resolve("refused");
        frozen(out, "--budget=steps").fails(ExitCode.WRONG_USAGE, "--freeze", "--budget");
        frozen(out, "--budget=epochs").fails(ExitCode.WRONG_USAGE, "--freeze", "--budget");
        Path settings = Files.writeString(folder.resolve("settings.yaml"), "budget: steps\n");
        frozen(out, "--config=" + settings).fails(ExitCode.WRONG_USAGE, "--budget");
        assertFalse(Files.exists(out));
    }

    @Test
    void itsResultsAndReportKnowNoStepsAndItIsResumedWithTheBudgetOfItsRecord() throws IOException {
        Path run = folder.resolve("run");
        frozen(run).succeeds();
        for (JsonNode arm : json(run.resolve("results.json")).get("arms")) {
            assertEquals(0, arm.get("steps").asInt());
            assertTrue(arm.get("real_epochs").isNull());
        }
        String report = Files.readString(run.resolve("report.html"));
        assertTrue(report.contains("the last layer of every arm fitted until it has converged"));
        assertFalse(report.contains("for the same number of"));
        assertFalse(report.contains("Table R"));

        // As one that was asked for epochs before that was refused.
        ObjectNode config = (ObjectNode) json(run.resolve("config.json"));
        ((ObjectNode) config.get("options")).put("budget", "epochs");
        Files.writeString(run.resolve("config.json"), config.toPrettyString());
        lesionforge("experiment", "--out=" + run, "--resume", "--seeds=0,1", "--no-cache", "--quiet")
                .succeeds();
        assertEquals(
                "epochs",
                json(run.resolve("config.json")).get("options").get("budget").asText());
        assertEquals(2 * 2 * 2, json(run.resolve("results.json")).get("arms").size());
        // The record of a run is not what somebody asks for.
        lesionforge(
                        "experiment",
                        "--config=" + run.resolve("config.json"),
                        "--out=" + folder.resolve("again"),
                        "--dry-run",
                        "--quiet")
                .succeeds();
    }
}
