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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.FileTree;

/** {@code experiment --folds} as a command, with a network and a family of generators that take milliseconds. */
final class FoldsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;
    private static Path run;

    @BeforeAll
    static void runOnce() throws IOException {
        // No test part: the folds make their own.
        dataset = TinyDataset.prepareAt(folder, "12,24", "--test", "0", "--validation", "0")
                .toString();
        run = folder.resolve("run");
        tiny(run, "--folds", "3").succeeds();
    }

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    private static Invocation tiny(Path out, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "experiment",
                dataset,
                "--out=" + out,
                "--quiet",
                "--arms=none,toy",
                "--classifiers=toy",
                "--size=24",
                "--recipe=paper",
                "--epochs=2",
                "--batch=8",
                "--gan-size=12",
                "--gan-batch=4",
                "--gan-epochs=2",
                "--gan-snapshot-every=1",
                "--max-similarity=1",
                "--accept-bad-generator",
                "--threads=1"));
        all.addAll(List.of(more));
        return lesionforge(all.toArray(String[]::new));
    }

    private static JsonNode results(Path of) throws IOException {
        return JSON.readTree(of.resolve("results.json").toFile());
    }

    @Test
    void theFilesAreWhatTheContractsSay() throws IOException {
        Contracts contracts = Contracts.read();
        assertEquals(Set.of(), contracts.differences("`results.json`", results(run)));
        JsonNode config = JSON.readTree(run.resolve("config.json").toFile());
        Set<String> differences = contracts.differences("`config.json` of an experiment", config);
        // The options of the toy generator are in no table.
        differences.removeIf(each -> !each.contains("fold"));
        assertEquals(Set.of(), differences);
        assertEquals(3, config.get("options").get("folds").asInt());
        assertEquals(
                Set.of(),
                contracts.differences(
                        "`result.json`",
                        JSON.readTree(
                                run.resolve("arms/toy-seed0-fold2/result.json").toFile())));
        assertEquals(
                "id,group,truth,prediction,p_benign,p_malignant,fold",
                Files.readAllLines(run.resolve("pooled/none-seed0.csv")).get(0));
    }

    @Test
    void everyImageOfTheDataSetIsTestedOnce() throws IOException {
        List<String> rows = Files.readAllLines(Path.of(dataset).resolve("images.csv"));
        List<String> pooled = Files.readAllLines(run.resolve("pooled/toy-seed0.csv"));
        assertEquals(rows.size(), pooled.size());
        Set<String> all = new HashSet<>();
        rows.forEach(row -> all.add(row.split(",", 2)[0]));
        Set<String> tested = new HashSet<>();
        pooled.forEach(row -> tested.add(row.split(",", 2)[0]));
        assertEquals(all, tested);
    }

    @Test
    void theReportShowsTheFoldsAndSaysWhatPoolingIs() throws IOException {
        String report = Files.readString(run.resolve("report.html"))
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
        for (String shown : List.of(
                "The folds",
                "Table P",
                "Table Q",
                "mean of folds",
                "pooled, with 95 % interval",
                "chosen on each fold's own validation part",
                "3 folds, so that each image was tested once",
                "the test parts of all folds together",
                "Table R",
                "Every arm took the same number of optimiser steps",
                "fold 2: no group (patient, lesion) is in two parts",
                "train, Original data, seed 0, fold 3",
                "Each fold has a split and generators of its own")) {
            assertTrue(report.contains(shown), shown);
        }
        JsonNode pooled = results(run).get("folds").get("pooled").get(0);
        String mean = String.format(
                Locale.ROOT, "%.3f", pooled.get("mean_fold_roc_auc").asDouble());
        assertTrue(report.contains(mean), mean);
        FileTime before = Files.getLastModifiedTime(run.resolve("report.html"));
        lesionforge("report", run.toString()).succeeds();
        assertTrue(Files.getLastModifiedTime(run.resolve("report.html")).compareTo(before) >= 0);
        String side = lesionforge("compare", run.toString(), run.toString())
                .succeeds()
                .out();
        int images = results(run).get("dataset").get("images").asInt();
        assertTrue(side.contains(" " + images + " "), "all images are test images: " + side);
    }

    @Test
    void aSeedIsAddedToAFinishedRunAndOtherFoldsAreNot() throws IOException {
        Path copy = folder.resolve("copy");
        copy(run, copy);
        FileTime generator = Files.getLastModifiedTime(copy.resolve("splits/fold1/generators/toy/best.json"));
        lesionforge("experiment", "--out=" + copy, "--resume", "--seeds=0,1", "--quiet")
                .succeeds();
        assertEquals(generator, Files.getLastModifiedTime(copy.resolve("splits/fold1/generators/toy/best.json")));
        assertEquals(12, results(copy).get("arms").size());
        assertEquals(
                new TreeSet<>(List.of("none-seed0.csv", "none-seed1.csv", "toy-seed0.csv", "toy-seed1.csv")),
                names(copy.resolve("pooled")));
        assertEquals(
                withoutSeconds(results(run)).get("folds").get("pooled").get(0),
                results(copy).get("folds").get("pooled").get(0),
                "what was there is as it was");
        lesionforge("experiment", "--out=" + copy, "--resume", "--folds=4", "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "options.folds is 3 there and 4 now");
        Path plain = folder.resolve("plain");
        dataset = TinyDataset.prepareAt(
                        Files.createDirectories(folder.resolve("divided")),
                        "12,24",
                        "--test",
                        "0.25",
                        "--validation",
                        "0.2")
                .toString();
        tiny(plain).succeeds();
        assertFalse(JSON.readTree(plain.resolve("config.json").toFile())
                .get("options")
                .has("folds"));
        assertTrue(results(plain).get("folds").isNull());
        lesionforge("experiment", "--out=" + plain, "--resume", "--folds=3", "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "options.folds is not there");
    }

    private static Set<String> names(Path of) {
        Set<String> names = new TreeSet<>();
        FileTree.children(of, file -> true)
                .forEach(file -> names.add(file.getFileName().toString()));
        return names;
    }

    private static JsonNode withoutSeconds(JsonNode results) {
        ((ObjectNode) results).remove("seconds");
        return results;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void thePlanCountsAllFolds() throws IOException {
        String plan = tiny(folder.resolve("planned"), "--folds=3", "--seeds=0,1", "--dry-run")
                .succeeds()
                .out();
        assertTrue(plan.contains("in each of the 3 folds"), plan);
        assertTrue(
                plan.matches("(?s).*fold 3 +train: benign \\d+, malignant \\d+; validation: .*test: benign.*"), plan);
        JsonNode json = JSON.readTree(tiny(folder.resolve("planned"), "--folds=3", "--dry-run", "--json")
                .succeeds()
                .out());
        assertEquals(3, json.get("folds").size());
        assertEquals(results(run).get("folds").get("divisions"), json.get("folds"), "the folds that are then trained");
        assertEquals(Set.of(), Contracts.read().differences("`experiment --dry-run --json`", plan(json)));
        assertFalse(Files.exists(folder.resolve("planned")));
    }

    /** What the plan has beside the configuration. */
    private static JsonNode plan(JsonNode json) {
        ((ObjectNode) json).retain("equal_arms", "folds", "estimate");
        return json;
    }

    @Test
    void whatDoesNotGoWithFoldsIsRefusedByName() {
        Path out = folder.resolve("refused");
        tiny(out, "--folds=1").fails(ExitCode.WRONG_USAGE, "--folds must be at least 2, got 1");
        tiny(out, "--folds=few").fails(ExitCode.WRONG_USAGE, "--folds");
        tiny(out, "--folds=3", "--resplit").fails(ExitCode.WRONG_USAGE, "--folds and --resplit do not go together");
        tiny(out, "--folds=3", "--gan=" + run).fails(ExitCode.WRONG_USAGE, "--folds and --gan do not go together");
        tiny(out, "--folds=3", "--external=other=" + folder, "--arms=external:other")
                .fails(ExitCode.WRONG_USAGE, "--folds and --external do not go together");
        tiny(out, "--folds=40")
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "class 'malignant' has",
                        "12 group(s), too few for --folds 40",
                        "--folds 12");
        assertFalse(Files.exists(out));
    }

    /** Without a validation part: no thresholds. Epochs of real images are equal, steps are not. */
    @Test
    void thePapersProtocolHasFoldsToo() throws IOException {
        Path out = folder.resolve("paper");
        tiny(out, "--folds=2", "--protocol=paper").succeeds();
        JsonNode results = results(out);
        assertEquals("epochs", results.get("budget").asText());
        for (JsonNode arm : results.get("arms")) {
            assertEquals(2.0, arm.get("real_epochs").asDouble(), 1e-12);
        }
        assertTrue(results.get("arms").get(2).get("steps").asInt()
                > results.get("arms").get(0).get("steps").asInt());
        assertTrue(results.get("summaries").get(0).get("on_validation").isNull());
        results.get("folds")
                .get("divisions")
                .forEach(fold -> assertEquals(
                        0, fold.get("parts").get("validation").get("benign").asInt()));
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("Every arm saw its real images in the same number of epochs"));
        assertFalse(report.contains("chosen on each fold's own validation part"));
    }
}
