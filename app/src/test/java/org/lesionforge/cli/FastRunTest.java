package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of {@code experiment --fast} is resumed by {@code --resume} alone: what the word stands for is in its {@code config.json}. */
final class FastRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    @Test
    void itIsResumedWithoutTheWord() throws IOException {
        String dataset = TinyDataset.prepareAt(folder, "16,24", "--test", "0.25", "--validation", "0.2")
                .toString();
        Path weights = ToyProgram.weights(folder.resolve("toy.safetensors"));
        Path run = folder.resolve("run");
        lesionforge(
                        "experiment",
                        dataset,
                        "--out=" + run,
                        "--fast",
                        "--weights=" + weights,
                        "--gan-size=16",
                        "--gan-epochs=1",
                        "--accept-bad-generator",
                        "--no-cache",
                        "--threads=2",
                        "--quiet")
                .succeeds();
        JsonNode options = JSON.readTree(run.resolve("config.json").toFile()).get("options");
        assertTrue(options.at("/classifier/freeze").asBoolean());
        assertEquals(32, options.at("/generators/dcgan/width").asInt());
        assertEquals(4, options.at("/generators/dcgan/kernel").asInt());
        assertEquals("both", options.at("/generators/dcgan/remedies/flips").asText());
        JsonNode before = results(run);
        FileTime trained = Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json"));
        Path result = run.resolve("arms/dcgan-seed0/result.json");
        FileTime finished = Files.getLastModifiedTime(result);
        Files.delete(result);

        lesionforge("experiment", "--out=" + run, "--resume", "--no-cache", "--threads=2", "--quiet")
                .succeeds();
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
        assertNotEquals(finished, Files.getLastModifiedTime(result));
        assertEquals(before, results(run));
        assertEquals(options, JSON.readTree(run.resolve("config.json").toFile()).get("options"));
    }

    private static JsonNode results(Path run) throws IOException {
        JsonNode results = JSON.readTree(run.resolve("results.json").toFile());
        ((ObjectNode) results).remove("seconds");
        results.get("arms").forEach(arm -> ((ObjectNode) arm).remove("seconds"));
        return results;
    }
}
