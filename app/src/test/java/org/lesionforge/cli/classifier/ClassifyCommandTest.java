package org.lesionforge.cli.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Main;
import org.lesionforge.cli.common.ExitCode;
import picocli.CommandLine;

/** One small training, and what can be done with its run. */
final class ClassifyCommandTest {
    @TempDir
    static Path folder;

    private static String dataset;
    private static String run;
    private static Result training;

    private final ObjectMapper json = new ObjectMapper();

    private record Result(int exitCode, String out, String err) {}

    private static Result lesionforge(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static void image(Path file, int seed) throws IOException {
        BufferedImage image = new BufferedImage(80, 80, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        for (int i = 0; i < 6400; i++) {
            image.setRGB(i % 80, i / 80, random.nextInt(0xFFFFFF));
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @BeforeAll
    static void trainOnce() throws IOException {
        Path source = folder.resolve("source");
        for (int i = 0; i < 6; i++) {
            image(source.resolve("benign/b" + i + ".png"), i);
            image(source.resolve("malignant/m" + i + ".png"), 100 + i);
        }
        image(folder.resolve("synthetic/malignant/synthetic-gan-000000.png"), 200);
        dataset = folder.resolve("dataset").toString();
        run = folder.resolve("run").toString();
        lesionforge("prepare", source.toString(), "--out", dataset, "--sizes", "75", "--validation", "0", "--quiet");
        training = train("--add", folder.resolve("synthetic").toString());
    }

    private static Result train(String... more) {
        String[] fixed = {
            "classify",
            "train",
            dataset,
            "--out",
            run,
            "--size",
            "75",
            "--epochs",
            "1",
            "--batch",
            "8",
            "--threads",
            "1",
            "--json",
            "--quiet"
        };
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return lesionforge(all);
    }

    @Test
    void trainingSaysWhatItTrainedOn() throws IOException {
        assertEquals(ExitCode.DONE, training.exitCode(), training.err());
        JsonNode result = json.readTree(training.out());
        assertEquals(1, result.get("synthetic").asInt());
        assertEquals(
                result.get("train").get("benign").asInt() + 1,
                result.get("train").get("malignant").asInt());
        assertEquals(1, result.get("chosen").get("epoch").asInt());
        assertTrue(result.get("chosen").get("validation_loss").isNull());
        List<String> ids = Files.readAllLines(Path.of(run, "training-ids.txt"));
        assertEquals("synthetic-gan-000000", ids.get(ids.size() - 1));
        assertEquals(1, Files.readAllLines(Path.of(run, "stats.jsonl")).size());
    }

    @Test
    void evaluateHasTheKeysOfTheContract() throws IOException {
        Path csv = folder.resolve("predictions.csv");
        Result result =
                lesionforge("classify", "evaluate", run, dataset, "--json", "--quiet", "--predictions", csv.toString());
        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        JsonNode evaluation = json.readTree(result.out());
        int n = evaluation.get("n").asInt();
        assertEquals("malignant", evaluation.get("classes").get(1).asText());
        int sum = 0;
        int diagonal = 0;
        for (int i = 0; i < 2; i++) {
            diagonal += evaluation.get("confusion").get(i).get(i).asInt();
            for (int j = 0; j < 2; j++) {
                sum += evaluation.get("confusion").get(i).get(j).asInt();
            }
        }
        assertEquals(n, sum);
        assertEquals((double) diagonal / n, evaluation.get("accuracy").asDouble(), 1e-12);
        for (String key : List.of("balanced_accuracy", "roc_auc")) {
            assertTrue(evaluation.has(key), key);
        }
        for (String key : List.of("precision", "recall", "f1", "support")) {
            assertTrue(evaluation.get("per_class").get("benign").has(key), key);
        }
        assertEquals(n + 1, Files.readAllLines(csv).size());
    }

    @Test
    void foldersOfFilesAreEvaluatedAndPredicted() throws IOException {
        Path files = folder.resolve("files");
        image(files.resolve("benign/a.png"), 301);
        image(files.resolve("malignant/b.png"), 302);
        Files.writeString(files.resolve("malignant/c.png"), "text");
        Result text = lesionforge("classify", "evaluate", run, files.toString(), "--quiet");
        assertEquals(ExitCode.DONE, text.exitCode(), text.err());
        assertTrue(text.out().contains("(2 images)"), text.out());
        assertTrue(text.out().contains("malignant/c.png: "), text.out());

        Result csv = lesionforge("classify", "predict", run, files.toString(), "--quiet");
        assertEquals(ExitCode.DONE, csv.exitCode());
        List<String> lines = csv.out().lines().toList();
        assertEquals("id,group,truth,prediction,p_benign,p_malignant", lines.get(0));
        assertEquals(3, lines.size());
        assertTrue(csv.err().startsWith("skipped malignant/c.png: "), csv.err());

        JsonNode predicted = json.readTree(
                lesionforge("classify", "predict", run, files.resolve("benign").toString(), "--json", "--quiet")
                        .out());
        JsonNode probabilities = predicted.get("images").get(0).get("probabilities");
        assertEquals(
                1,
                probabilities.get("benign").asDouble()
                        + probabilities.get("malignant").asDouble(),
                1e-9);
    }

    @Test
    void failuresHaveTheirExitCodesAndSayWhatToDo() {
        Result again = train();
        assertEquals(ExitCode.UNUSABLE_INPUT, again.exitCode());
        assertTrue(again.err().contains("not empty"), again.err());
        assertFalse(again.err().contains("\tat "), again.err());
        assertEquals(ExitCode.WRONG_USAGE, train("--size", "74").exitCode());
        assertEquals(ExitCode.WRONG_USAGE, train("--freeze").exitCode());
        Result weights = train("--weights", folder.resolve("none.safetensors").toString());
        assertEquals(ExitCode.MISSING_REQUIREMENT, weights.exitCode());
        Result size = lesionforge(
                "classify", "train", dataset, "--out", folder.resolve("other").toString(), "--size", "80", "--quiet");
        assertEquals(ExitCode.UNUSABLE_INPUT, size.exitCode());
        assertTrue(size.err().contains("--sizes 80"), size.err());
        assertFalse(Files.exists(folder.resolve("other")), "a run that cannot begin leaves nothing behind");
        assertEquals(
                ExitCode.UNUSABLE_INPUT,
                lesionforge("classify", "evaluate", dataset, dataset).exitCode());
        assertEquals(
                ExitCode.UNUSABLE_INPUT,
                lesionforge(
                                "classify",
                                "predict",
                                run,
                                folder.resolve("nowhere").toString())
                        .exitCode());
    }
}
