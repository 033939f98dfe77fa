package org.lesionforge.cli.generator;

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
import org.lesionforge.cli.common.ExitCode;

/** A discriminator that classifies, trained on phantoms. */
final class GanClassifyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path head;
    private static Path plain;

    @BeforeAll
    static void train() throws IOException {
        TinyDataset.prepare(folder);
        head = folder.resolve("head");
        train(head, "all", "--classifier-head").succeeds();
        plain = folder.resolve("plain");
        train(plain, "all").succeeds();
    }

    private static Invocation train(Path out, String classes, String... more) {
        String[] tiny = {
            "gan",
            "train",
            folder.resolve("dataset").toString(),
            "--class",
            classes,
            "--out",
            out.toString(),
            "--family",
            "mlp",
            "--size",
            "16",
            "--batch",
            "4",
            "--epochs",
            "8",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    private static Invocation classify(Path run, String... more) {
        return Invocation.of(
                new String[] {
                    "gan", "classify", run.toString(), folder.resolve("dataset").toString(), "--quiet"
                },
                more);
    }

    @Test
    void itsClassesAreComparedWithTheTruth() throws IOException {
        JsonNode test = JSON.readTree(classify(head, "--json").succeeds().out());
        assertEquals("malignant", test.get("positive").asText());
        int[][] confusion = JSON.convertValue(test.get("confusion"), int[][].class);
        int images = confusion[0][0] + confusion[0][1] + confusion[1][0] + confusion[1][1];
        assertEquals(test.get("n").asInt(), images);
        assertEquals(
                (confusion[0][0] + confusion[1][1]) / (double) images,
                test.get("accuracy").asDouble(),
                1e-12);
        // What it was trained on it knows better than by chance.
        JsonNode seen = JSON.readTree(
                classify(head, "--part", "train", "--json").succeeds().out());
        assertTrue(seen.get("roc_auc").asDouble() > 0.7, seen.toString());
        JsonNode other = JSON.readTree(classify(head, "--part", "train", "--positive", "benign", "--json")
                .succeeds()
                .out());
        assertEquals("benign", other.get("positive").asText());
        assertEquals(seen.get("roc_auc").asDouble(), other.get("roc_auc").asDouble(), 1e-9, "of two classes");
        String text = classify(head).succeeds().out();
        assertTrue(text.contains("confusion matrix") && text.contains("ROC-AUC"), text);
        assertTrue(Files.readString(head.resolve("stats.jsonl")).contains("loss_class"));
    }

    @Test
    void whatHasNoHeadIsRefusedWithItsOption() {
        classify(plain).fails(ExitCode.WRONG_USAGE, "--classifier-head", "plain");
        classify(head, "--positive", "nevus").fails(ExitCode.WRONG_USAGE, "nevus", "benign, malignant");
        classify(folder).fails(ExitCode.UNUSABLE_INPUT);
        Path none = folder.resolve("none");
        train(none, "malignant", "--classifier-head").fails(ExitCode.WRONG_USAGE, "at least 2", "got 1");
        Invocation.of(
                        "gan",
                        "train",
                        folder.resolve("dataset").toString(),
                        "--class",
                        "all",
                        "--out",
                        none.toString(),
                        "--classifier-head")
                .fails(ExitCode.WRONG_USAGE, "--classifier-head is not an option of dcgan");
        Invocation.of(
                        "experiment",
                        folder.resolve("dataset").toString(),
                        "--out",
                        none.toString(),
                        "--arms",
                        "none,mlp",
                        "--gan-size",
                        "16",
                        "--gan-classifier-head")
                .fails(ExitCode.WRONG_USAGE, "number of classes", "got 1");
        assertFalse(Files.exists(none));
    }

    @Test
    void theGeneratorDrawsAllClassesTogether() {
        Path out = folder.resolve("drawn");
        Invocation.of("gan", "sample", head.toString(), "--count", "2", "--out", out.toString(), "--quiet")
                .succeeds();
        assertTrue(Files.isDirectory(out.resolve("benign,malignant")));
    }
}
