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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every flag of a recipe, from the command line to the trained weights, with a network of a moment. */
final class RecipeFlagsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of them at once, none with the value of a recipe, and where {@code config.json} has each. */
    private static final Map<String, Map.Entry<String, Object>> ALL = Map.ofEntries(
            flag("--epochs=2", "/epochs", 2),
            flag("--batch=6", "/batch", 6),
            flag("--lr=0.003", "/learning_rate", 0.003),
            flag("--rotation=33.0", "/rotation", 33.0),
            flag("--no-flips", "/flips", false),
            flag("--select=best-auc", "/selection", "BEST_AUC"),
            flag("--crop=0.7", "/training/crop", 0.7),
            flag("--shear=5.0", "/training/shear", 5.0),
            flag("--colour=0.1", "/training/colour", 0.1),
            flag("--dropout=0.3", "/training/dropout", 0.3),
            flag("--balanced", "/training/balanced", true),
            flag("--tta=2", "/training/tta", 2),
            flag("--label-smoothing=0.2", "/training/soft_labels/label_smoothing", 0.2),
            flag("--mixup=0.9", "/training/soft_labels/mixup", 0.9),
            flag("--cutmix=0.8", "/training/soft_labels/cutmix", 0.8),
            flag("--mix-probability=0.6", "/training/soft_labels/mix_probability", 0.6),
            flag("--optimizer=sgd", "/training/optimisation/optimizer", "sgd"),
            flag("--weight-decay=0.01", "/training/optimisation/weight_decay", 0.01),
            flag("--schedule=step", "/training/optimisation/schedule", "step"),
            flag("--warmup=0.5", "/training/optimisation/warmup", 0.5),
            flag("--clip=0.5", "/training/optimisation/clip", 0.5),
            flag("--ema=0.5", "/training/optimisation/ema", 0.5));

    /** Each in the place of what {@code strong} has; what it turns off, it turns off by 0. */
    private static final List<String> INSTEAD_OF_STRONG = List.of(
            "--recipe=paper",
            "--optimizer=sgd",
            "--lr=0.02",
            "--weight-decay=0",
            "--schedule=constant",
            "--schedule=step",
            "--warmup=0",
            "--label-smoothing=0",
            "--mixup=0",
            "--cutmix=0",
            "--mix-probability=0",
            "--crop=0",
            "--rotation=0",
            "--no-flips",
            "--shear=0",
            "--colour=0",
            "--ema=0",
            "--clip=0.001",
            "--dropout=0.9",
            "--balanced",
            "--epochs=3",
            "--batch=5");

    @TempDir
    static Path folder;

    private static String dataset;
    private static int runs;

    private static Map.Entry<String, Map.Entry<String, Object>> flag(String flag, String key, Object value) {
        return Map.entry(flag, Map.entry(key, value));
    }

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "16,24", "--test", "0.25", "--validation", "0.2")
                .toString();
    }

    private static Invocation lesionforge(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        // The number of threads is the process's, and another test's would be left.
        all.addAll(List.of("--threads=2", "--quiet"));
        return Invocation.of(ToyProgram.ZOOS, all.toArray(String[]::new)).succeeds();
    }

    private static Path train(String... flags) {
        Path out = folder.resolve("run" + runs++);
        List<String> command =
                new ArrayList<>(List.of("classify", "train", dataset, "--classifier=toy", "--out=" + out));
        command.addAll(List.of(flags));
        lesionforge(command);
        return out;
    }

    /** With a warm-up that leaves some of the training to the schedule, and the flag in the place of what is usual. */
    private static Path strong(String flag) {
        List<String> flags = new ArrayList<>(List.of("--recipe=strong", "--epochs=2", "--batch=8", "--warmup=0.5"));
        flags.removeIf(each -> each.startsWith(flag.replaceAll("=.*", "=")));
        flags.add(flag);
        return train(flags.toArray(String[]::new));
    }

    private static byte[] model(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model.safetensors"));
    }

    private static List<JsonNode> epochs(Path run) throws IOException {
        List<JsonNode> epochs = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("stats.jsonl"))) {
            epochs.add(JSON.readTree(line));
        }
        return epochs;
    }

    @Test
    void eachChangesWhatIsLearned() throws IOException {
        byte[] base = model(strong("--select=last"));
        assertArrayEquals(base, model(strong("--select=last")), "the same training gives the same weights");
        for (String flag : INSTEAD_OF_STRONG) {
            assertFalse(Arrays.equals(base, model(strong(flag))), flag + " is ignored");
        }
    }

    @Test
    void withoutARecipeItIsThePapers() throws IOException {
        assertArrayEquals(
                model(train("--recipe=paper", "--epochs=1", "--batch=8")), model(train("--epochs=1", "--batch=8")));
    }

    @Test
    void copiesChangeWhatIsPredictedAlone() throws IOException {
        Path one = strong("--select=last");
        Path three = strong("--tta=3");
        assertArrayEquals(model(one), model(three));
        assertTrue(epochs(one).get(1).get("validation_loss").asDouble()
                != epochs(three).get(1).get("validation_loss").asDouble());
    }

    @Test
    void theEpochIsTheOneThatWasAskedFor() throws IOException {
        String[] usual = {"--recipe=strong", "--epochs=4", "--batch=8", ""};
        usual[3] = "--select=best-loss";
        Path byLoss = train(usual);
        usual[3] = "--select=best";
        assertArrayEquals(model(byLoss), model(train(usual)), "its old name");
        usual[3] = "--select=best-auc";
        Path byArea = train(usual);
        usual[3] = "--select=last";
        Path last = train(usual);
        double[] losses = epochs(byLoss).stream()
                .mapToDouble(epoch -> epoch.get("validation_loss").asDouble())
                .toArray();
        double least = Arrays.stream(losses).min().orElseThrow();
        assertEquals(least, losses[chosen(byLoss) - 1], 0);
        double[] areas = epochs(byArea).stream()
                .mapToDouble(epoch -> epoch.get("validation_auc").asDouble())
                .toArray();
        assertEquals(Arrays.stream(areas).max().orElseThrow(), areas[chosen(byArea) - 1], 0);
        assertEquals(4, chosen(last));
    }

    private static int chosen(Path run) throws IOException {
        return JSON.readTree(run.resolve("model.json").toFile()).get("epoch").asInt();
    }

    private static void assertAll(JsonNode options) {
        ALL.forEach((flag, expected) -> assertEquals(
                JSON.valueToTree(expected.getValue()).asText(),
                options.at(expected.getKey()).asText(),
                flag));
    }

    /** The first arm of an experiment is the classifier that {@code classify train} makes by the same flags. */
    @Test
    void bothCommandsTrainTheSame() throws IOException {
        Path alone = train(ALL.keySet().toArray(String[]::new));
        assertAll(JSON.readTree(alone.resolve("config.json").toFile()).get("options"));
        Path run = folder.resolve("experiment");
        List<String> command = new ArrayList<>(
                List.of("experiment", dataset, "--arms=none", "--classifiers=toy", "--gan-size=16", "--out=" + run));
        command.addAll(ALL.keySet());
        lesionforge(command);
        assertAll(JSON.readTree(run.resolve("config.json").toFile()).at("/options/classifier"));
        Path table = folder.resolve("alone.csv");
        lesionforge(List.of("classify", "evaluate", alone.toString(), dataset, "--predictions=" + table));
        assertEquals(Files.readString(table), Files.readString(run.resolve("arms/none-seed0/predictions-test.csv")));
        JsonNode arm =
                JSON.readTree(run.resolve("results.json").toFile()).get("arms").get(0);
        assertEquals(2, arm.get("tta").asInt());
        assertTrue(Files.readString(run.resolve("report.html")).contains("(tta=2)"));
    }

    private static JsonNode planned(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "experiment",
                dataset,
                "--arms=none",
                "--classifiers=toy",
                "--gan-size=16",
                "--out=" + folder.resolve("dry"),
                "--dry-run",
                "--json"));
        command.addAll(List.of(more));
        return JSON.readTree(lesionforge(command).out()).at("/options/classifier");
    }

    @Test
    void theProtocolDecidesWhichRecipeIsUsual() throws IOException {
        JsonNode strict = planned();
        assertEquals("adamw", strict.at("/training/optimisation/optimizer").asText());
        assertEquals(35, strict.get("epochs").asInt());
        assertEquals("LAST", strict.get("selection").asText());
        assertEquals(1, strict.at("/training/tta").asInt());
        JsonNode paper = planned("--protocol=paper");
        assertFalse(paper.has("training"), paper.toString());
        assertEquals(20, paper.get("epochs").asInt());
        assertEquals(strict, planned("--protocol=paper", "--recipe=strong"));
        assertFalse(planned("--recipe=paper").has("training"));
    }
}
