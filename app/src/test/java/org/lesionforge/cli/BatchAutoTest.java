package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** {@code --batch auto} on the CPU: toys are so small that every image there is fits. */
final class BatchAutoTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "12,24", "--test", "0.25", "--validation", "0.2");
    }

    private static Invocation lesionforge(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return Invocation.of(ToyProgram.ZOOS, all.toArray(String[]::new));
    }

    private static List<String> classify(Path out) {
        return List.of(
                "classify",
                "train",
                dataset.toString(),
                "--classifier",
                "toy",
                "--epochs",
                "1",
                "--threads",
                "1",
                "--device",
                "cpu",
                "--out",
                out.toString());
    }

    private static List<String> gan(Path out) {
        return List.of(
                "gan",
                "train",
                dataset.toString(),
                "--family",
                "toy",
                "--class",
                "malignant",
                "--size",
                "12",
                "--epochs",
                "2",
                "--threads",
                "1",
                "--device",
                "cpu",
                "--out",
                out.toString());
    }

    private static JsonNode options(Path run) throws IOException {
        return JSON.readTree(run.resolve("config.json").toFile()).get("options");
    }

    private static int trainingImages(String... classes) throws IOException {
        return (int) TinyDataset.rows(dataset).stream()
                .filter(row -> row.part().equals("train") && List.of(classes).contains(row.label()))
                .count();
    }

    @Test
    void aClassifierTakesTheLargestPowerOfTwoAndRecordsIt() throws IOException {
        Path found = folder.resolve("found");
        String messages =
                lesionforge(classify(found), "--batch", "auto").succeeds().err();
        int expected = Integer.highestOneBit(trainingImages("benign", "malignant"));
        assertTrue(messages.contains("--batch auto: " + expected + " images a step"), messages);
        assertEquals(expected, options(found).get("batch").asInt());
        assertEquals(expected, options(found).get("micro_batch").asInt());
        Path named = folder.resolve("named");
        String number = Integer.toString(expected);
        lesionforge(classify(named), "--batch", number, "--micro-batch", number).succeeds();
        assertEquals(
                -1,
                Files.mismatch(found.resolve("model.safetensors"), named.resolve("model.safetensors")),
                "as if the number had been given");
    }

    @Test
    void aGeneratorTakesTheLargestPowerOfTwoAndRecordsIt() throws IOException {
        Path found = folder.resolve("found-gan");
        lesionforge(gan(found), "--batch", "auto").succeeds();
        assertEquals(
                Integer.highestOneBit(trainingImages("malignant")),
                options(found).get("batch").asInt());
    }

    /** Killed before anything but its configuration was written: the batch is that of the file, not found anew. */
    @Test
    void aClassifierResumesWithTheBatchThatWasFound() throws IOException {
        Path run = folder.resolve("classifier-to-resume");
        lesionforge(classify(run), "--batch", "auto").succeeds();
        byte[] model = Files.readAllBytes(run.resolve("model.safetensors"));
        leave(run, "config.json", "training-ids.txt");
        String messages = lesionforge(List.of("classify", "resume", run.toString(), "--threads", "1"))
                .succeeds()
                .err();
        assertFalse(messages.contains("--batch auto"), messages);
        assertEquals(
                Integer.highestOneBit(trainingImages("benign", "malignant")),
                options(run).get("batch").asInt());
        assertArrayEquals(model, Files.readAllBytes(run.resolve("model.safetensors")));
    }

    /** Killed after its first epoch: the second one has steps of as many images. */
    @Test
    void aGeneratorResumesWithTheBatchThatWasFound() throws IOException {
        Path run = folder.resolve("gan-to-resume");
        lesionforge(gan(run), "--batch", "auto", "--snapshot-every", "1", "--checkpoint-every", "0", "--keep", "9")
                .succeeds();
        int batch = Integer.highestOneBit(trainingImages("malignant"));
        byte[] steps = Files.readAllBytes(run.resolve("stats.jsonl"));
        assertEquals(
                2 * (trainingImages("malignant") / batch),
                Files.readAllLines(run.resolve("stats.jsonl")).size());
        Files.delete(run.resolve("best.json"));
        try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
            for (Path last : checkpoints
                    .filter(file -> file.toString().contains("0002."))
                    .toList()) {
                Files.delete(last);
            }
        }
        String messages = lesionforge(List.of("gan", "resume", run.toString(), "--threads", "1"))
                .succeeds()
                .err();
        assertFalse(messages.contains("--batch auto"), messages);
        assertEquals(batch, options(run).get("batch").asInt());
        assertArrayEquals(steps, Files.readAllBytes(run.resolve("stats.jsonl")), "the same steps of the same images");
    }

    private static void leave(Path run, String... names) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(run)
                        && !List.of(names).contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void anExperimentFindsBoth() throws IOException {
        JsonNode plan = JSON.readTree(lesionforge(
                        List.of("experiment", dataset.toString(), "--classifiers", "toy", "--arms", "none,toy"),
                        "--batch",
                        "auto",
                        "--gan-batch",
                        "auto",
                        "--gan-size",
                        "12",
                        "--device",
                        "cpu",
                        "--dry-run",
                        "--json",
                        "--out",
                        folder.resolve("none").toString())
                .succeeds()
                .out());
        String text = plan.toString();
        assertTrue(text.contains("\"batch\":" + Integer.highestOneBit(trainingImages("benign", "malignant"))), text);
        assertTrue(text.contains("\"batch\":" + Integer.highestOneBit(trainingImages("malignant"))), text);
    }

    @Test
    void whatExcludesItIsWrongUsage() {
        Path out = folder.resolve("refused");
        lesionforge(classify(out), "--batch", "auto", "--micro-batch", "4")
                .fails(ExitCode.WRONG_USAGE, "which --micro-batch says: leave out one of them");
        lesionforge(classify(out), "--batch", "few")
                .fails(ExitCode.WRONG_USAGE, "'few' is not a whole number, nor auto");
        lesionforge(gan(out), "--batch", "99999999999").fails(ExitCode.WRONG_USAGE, "'99999999999' is too large");
        lesionforge(gan(out), "--batch", "0").fails(ExitCode.WRONG_USAGE, "batch");
    }
}
