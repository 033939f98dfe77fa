package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;

/** Whole commands with a recipe: what a run remembers of it, and that it counts where the run is used. */
final class ClassifyRecipeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;
    private static Path strong;

    @BeforeAll
    static void train() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2")
                .toString();
        strong = folder.resolve("strong");
        // So many steps that the running statistics have come near enough for answers between 0 and 1.
        train(strong, "--epochs=3", "--batch=4", "--recipe=strong", "--tta=2", "--mixup=0", "--select=best-auc");
    }

    private static void train(Path out, String... more) {
        String[] command = {"classify", "train", dataset, "--out=" + out, "--size=75", "--quiet"};
        Invocation.of(command, more).succeeds();
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    @Test
    void theRunAndItsModelRememberTheRecipe() throws IOException {
        JsonNode options = json(strong.resolve("config.json")).get("options");
        assertEquals(options, json(strong.resolve("model.json")).get("options"));
        assertEquals("BEST_AUC", options.get("selection").asText());
        assertEquals(4, options.get("batch").asInt(), "given");
        assertEquals(8e-4, options.get("learning_rate").asDouble(), "strong's");
        assertEquals(0, options.at("/training/soft_labels/mixup").asDouble(), "given");
        assertEquals(0.4, options.at("/training/soft_labels/cutmix").asDouble(), "strong's");
        assertEquals("cosine", options.at("/training/optimisation/schedule").asText());
        assertTrue(Files.readString(strong.resolve("stats.jsonl")).contains("\"validation_auc\":"));
    }

    @Test
    void thePapersRunIsWrittenAsItAlwaysWas() throws IOException {
        Path paper = folder.resolve("paper");
        train(paper, "--epochs=1", "--batch=8");
        JsonNode options = json(paper.resolve("config.json")).get("options");
        assertFalse(options.has("training"));
        assertEquals("BEST", options.get("selection").asText());
        assertFalse(Files.readString(paper.resolve("stats.jsonl")).contains("validation_auc"));
        JsonNode evaluation =
                JSON.readTree(Invocation.of("classify", "evaluate", paper.toString(), dataset, "--json", "--quiet")
                        .succeeds()
                        .out());
        assertEquals(1, evaluation.get("tta").asInt());
    }

    @Test
    void copiesCountWhereverTheClassifierIsUsed() throws IOException {
        String[] evaluate = {"classify", "evaluate", strong.toString(), dataset, "--quiet"};
        assertEquals(
                2,
                JSON.readTree(Invocation.of(evaluate, "--json").succeeds().out())
                        .get("tta")
                        .asInt());
        assertTrue(Invocation.of(evaluate).succeeds().out().contains("mean over 2 altered copies"));
        Path source = folder.resolve("one");
        Path copied = Files.createDirectories(folder.resolve("as-it-is"));
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(strong.resolve(file), copied.resolve(file));
        }
        Files.writeString(
                copied.resolve("model.json"),
                Files.readString(strong.resolve("model.json")).replace("\"tta\" : 2", "\"tta\" : 1"));
        String altered = predictions(strong, source);
        assertEquals(altered, predictions(strong, source), "the same each time");
        assertFalse(altered.equals(predictions(copied, source)), "one copy is the image as it is");
    }

    private static String predictions(Path run, Path file) throws IOException {
        Invocation.of("classify", "evaluate", run.toString(), dataset, "--predictions=" + file, "--quiet")
                .succeeds();
        return Files.readString(file);
    }

    @Test
    void aRunsFileAsksForTheSameAgain() throws IOException {
        Path again = folder.resolve("again");
        Invocation.of(
                        "classify",
                        "train",
                        dataset,
                        "--config=" + strong.resolve("config.json"),
                        "--out=" + again,
                        "--quiet")
                .succeeds();
        assertEquals(
                json(strong.resolve("config.json")).get("options"),
                json(again.resolve("config.json")).get("options"));
    }
}
