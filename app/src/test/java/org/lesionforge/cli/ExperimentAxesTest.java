package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** Experiments of several families of generators and several networks, begun with one of each. */
final class ExperimentAxesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "64,75", "--test", "0.25", "--validation", "0.2")
                .toString();
    }

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    private static Invocation experiment(Path run, String... more) {
        List<String> all = new ArrayList<>(List.of("experiment", dataset, "--out", run.toString(), "--quiet"));
        all.addAll(List.of(more));
        return lesionforge(all.toArray(String[]::new));
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static List<String> texts(JsonNode list, String key) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.get(key).asText()));
        return texts;
    }

    @Test
    void aRunGetsAnotherFamilyAndAnotherNetworkAndKeepsWhatItHas() throws IOException {
        Path run = folder.resolve("run");
        experiment(
                        run,
                        "--size=75",
                        "--epochs=1",
                        "--batch=8",
                        "--gan-width=4",
                        "--gan-epochs=2",
                        "--gan-snapshot-every=1",
                        "--max-similarity=1",
                        "--accept-bad-generator",
                        "--no-models")
                .succeeds();
        JsonNode first = json(run.resolve("results.json"));
        assertEquals(List.of("inception-v3", "inception-v3"), texts(first.get("arms"), "classifier"));
        FileTime trained = Files.getLastModifiedTime(run.resolve("arms/dcgan-seed0/result.json"));
        FileTime learned = Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json"));

        String[] more = {
            "--resume",
            "--arms=none,dcgan,toy:3",
            "--classifiers=inception-v3,toy",
            "--gan-epochs=2",
            "--gan-snapshot-every=1"
        };
        String tables = experiment(run, more).succeeds().out();
        assertTrue(tables.contains("Balanced with Mean image images (3), Toy"), tables);
        assertTrue(tables.contains("Original data, Inception V3"), tables);
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("arms/dcgan-seed0/result.json")));
        assertEquals(learned, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
        JsonNode results = json(run.resolve("results.json"));
        assertEquals(
                List.of("inception-v3", "inception-v3", "inception-v3", "toy", "toy", "toy"),
                texts(results.get("arms"), "classifier"));
        assertEquals(
                List.of(
                        "arms/none-seed0",
                        "arms/dcgan-seed0",
                        "arms/toy-3-inception-v3-seed0",
                        "arms/none-toy-seed0",
                        "arms/dcgan-toy-seed0",
                        "arms/toy-3-toy-seed0"),
                texts(results.get("arms"), "folder"));
        Set<String> compared = new TreeSet<>();
        results.get("comparisons")
                .forEach(each -> compared.add(each.get("a").asText() + " "
                        + each.get("b").asText() + " " + each.get("classifier").asText()));
        assertEquals(
                Set.of("none dcgan inception-v3", "none dcgan toy", "none toy:3 inception-v3", "none toy:3 toy"),
                compared);
        JsonNode over = results.get("over_networks");
        assertEquals(
                12, over.size(), "of two arms, what is tested: accuracy and ROC AUC, and at two thresholds two shares");
        over.forEach(each ->
                assertEquals("[\"inception-v3\",\"toy\"]", each.get("networks").toString()));
        assertEquals(Set.of(), Contracts.read().differences("`results.json`", results));
        assertTrue(tables.contains(" in ROC AUC with dcgan against none"), tables);
        results.get("leakage").forEach(check -> assertTrue(check.get("holds").asBoolean(), check.toString()));
        assertTrue(texts(results.get("leakage"), "check").contains("the Mean image was trained on this very split"));

        JsonNode config = json(run.resolve("config.json"));
        assertEquals("[\"inception-v3\",\"toy\"]", config.get("classifiers").toString());
        assertEquals(0.2, config.at("/options/generators/toy/learning_rate").asDouble());
        assertEquals(2e-4, config.at("/options/generators/dcgan/learning_rate").asDouble());
        assertEquals(2, config.at("/options/generators/toy/epochs").asInt(), "of every family");
        assertFalse(config.at("/options/generators/toy").has("width"), "of those that have it");
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("The DCGAN") && page.contains("The Mean image"));

        // All that was said is remembered, each family's own values too.
        lesionforge("experiment", "--out", run.toString(), "--resume", "--quiet")
                .succeeds();
        assertEquals(config, json(run.resolve("config.json")));
        assertEquals(results.get("arms"), json(run.resolve("results.json")).get("arms"));
        experiment(run, "--resume", "--gan-lr=0.3")
                .fails(ExitCode.UNUSABLE_INPUT, "options.generators.toy.learning_rate is 0.2 there and 0.3 now");
        JsonNode table = JSON.readTree(
                lesionforge("compare", run.toString(), "--json").succeeds().out());
        assertEquals(Set.of("inception-v3", "toy"), new TreeSet<>(texts(table.get("differences"), "classifier")));
    }

    @Test
    void whatThereIsNotIsRefusedByName() throws IOException {
        Path run = folder.resolve("refused");
        experiment(run, "--arms=none,toys")
                .fails(ExitCode.WRONG_USAGE, "there is no source 'toys' (did you mean toy?)");
        experiment(run, "--arms=none,both:toy@0.5").fails(ExitCode.WRONG_USAGE, "the family toy has no classes");
        experiment(run, "--arms=none,toy", "--gan-width=4")
                .fails(ExitCode.WRONG_USAGE, "--gan-width is not an option of toy");
        experiment(run, "--classifiers=toy,nets").fails(ExitCode.WRONG_USAGE, "'nets'", "inception-v3, toy");
        experiment(run, "--classifiers=toy,toy").fails(ExitCode.WRONG_USAGE, "each classifier can come once");
        experiment(run, "--classifiers=toy,inception-v3", "--size=24").fails(ExitCode.WRONG_USAGE, "24", "75");
        String weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
        experiment(run, "--classifiers=toy,inception-v3", "--weights", weights)
                .fails(ExitCode.MISSING_REQUIREMENT, "there are no weights for inception-v3");
        experiment(run, "--classifiers=inception-v3", "--weights", weights)
                .fails(ExitCode.UNUSABLE_INPUT, "are of toy");
        assertFalse(Files.exists(run));
    }
}
