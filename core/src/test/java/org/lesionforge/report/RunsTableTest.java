package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;

/** Several runs side by side. */
final class RunsTableTest {
    @TempDir
    Path folder;

    @Test
    void eachRunKeepsItsOwnNumbersAndAgreementIsCounted() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        FakeRun.write(one, "results.json", FakeRun.RESULTS);
        FakeRun.write(
                two,
                "results.json",
                FakeRun.RESULTS
                        .replace("\"difference\": 0.03333", "\"difference\": -0.05")
                        .replace("[-0.05, 0.11667]", "[-0.09, -0.01]")
                        .replace("0.6875", "0.0002"));
        RunsTable table = new RunsTable(List.of(one, two));
        JsonNode json = Json.convert(table.json(), JsonNode.class);
        assertEquals(2, json.get("differences").size());
        assertEquals(0.03333, json.get("differences").get(0).get("difference").asDouble());
        assertEquals(4, json.get("differences").get(1).get("test_images").asInt());
        JsonNode agreement = json.get("agreement").get(0);
        assertEquals(2, agreement.get("runs").asInt());
        assertEquals(1, agreement.get("better").asInt());
        assertEquals(0, agreement.get("shown_better").asInt());
        assertEquals(1, agreement.get("shown_worse").asInt());
        String text = table.text();
        assertTrue(text.contains("+3.33") && text.contains("−9.00 to −1.00"), text);
        assertTrue(text.contains(
                "higher in 1 of 2 runs; more than chance explains in 0, lower than chance explains in 1."));
    }

    @Test
    void anArmThatVersion01CalledOtherwiseIsTheSameArm() throws Exception {
        Path one = folder.resolve("old");
        Path two = folder.resolve("new");
        FakeRun.write(one, "results.json", FakeRun.RESULTS.replace("\"dcgan\"", "\"class-weights\""));
        FakeRun.write(two, "results.json", FakeRun.RESULTS.replace("\"dcgan\"", "\"none+class-weights\""));
        JsonNode json = Json.convert(new RunsTable(List.of(one, two)).json(), JsonNode.class);
        for (JsonNode difference : json.get("differences")) {
            assertEquals("none+class-weights", difference.get("b").asText());
        }
        assertEquals(2, json.get("agreement").get(0).get("runs").asInt());
        assertEquals(
                "none+class-weights", json.get("agreement").get(0).get("arm").asText());
    }

    @Test
    void aRunWithoutResultsIsNamed() {
        String message = assertThrows(UnusableInputException.class, () -> new RunsTable(List.of(folder)))
                .getMessage();
        assertTrue(message.contains(folder + " is not a finished experiment"), message);
        Path nowhere = folder.resolve("nowhere");
        message = assertThrows(UnusableInputException.class, () -> new RunsTable(List.of(nowhere)))
                .getMessage();
        assertTrue(message.startsWith("there is no folder " + nowhere), message);
    }

    @Test
    void familiesAreSetSideBySideAndOldRunsShowDashes() throws Exception {
        Path old = folder.resolve("old");
        Path now = folder.resolve("now");
        FakeRun.write(old, "results.json", FakeRun.RESULTS);
        FakeRun.write(
                now,
                "results.json",
                FakeRun.RESULTS
                        .replace("\"metric\": \"accuracy\", \"difference\"", "\"metric\": \"roc_auc\", \"difference\"")
                        .replace("\"dropped\": 0", "\"dropped\": 8")
                        .replace("\"arms\": [", GENERATED + "\"arms\": ["));
        RunsTable table = new RunsTable(List.of(old, now));
        JsonNode families = Json.convert(table.json(), JsonNode.class).get("families");
        assertEquals(2, families.size());
        assertTrue(families.get(0).get("detectability").isNull());
        assertEquals(0, families.get(0).get("copies").asDouble());
        JsonNode second = families.get(1);
        assertEquals("dcgan", second.get("family").asText());
        assertEquals(0.93, second.get("detectability").get("value").asDouble());
        assertEquals(0.1, second.get("copies").asDouble(), 1e-12);
        assertEquals(0.03333, second.get("gain").asDouble());
        assertEquals(80, second.get("images").asInt());
        assertTrue(table.text().contains("0.93 (95 % 0.90 to 0.96)"), table.text());
        assertTrue(table.text().contains(NumberText.NONE), table.text());
    }

    @Test
    void ensemblesStandBesideTheMeansOfTheirSeeds() throws Exception {
        Path plain = folder.resolve("plain");
        Path asked = folder.resolve("asked");
        FakeRun.write(plain, "results.json", FakeRun.RESULTS);
        ObjectNode results = (ObjectNode) Json.readTree(plain.resolve("results.json"));
        results.set("ensembles", results.get("summaries").deepCopy());
        ((ObjectNode) results.at("/ensembles/1/measures/accuracy")).put("value", 0.875);
        results.set("ensemble_comparisons", results.get("comparisons").deepCopy());
        ((ObjectNode) results.at("/ensemble_comparisons/0"))
                .put("planned", false)
                .putNull("p_holm")
                .put("difference", -0.00004);
        FakeRun.write(asked, "results.json", results.toString());
        RunsTable table = new RunsTable(List.of(plain, asked));
        JsonNode ensembles = Json.convert(table.json(), JsonNode.class).get("ensembles");
        assertEquals(8, ensembles.size(), "two arms of one run, four measures");
        JsonNode accuracy = ensembles.get(5);
        assertEquals(asked.toString(), accuracy.get("run").asText());
        assertEquals("dcgan", accuracy.get("arm").asText());
        assertEquals("accuracy", accuracy.get("metric").asText());
        assertEquals("half", accuracy.get("operating_point").asText());
        assertEquals(0.83, accuracy.get("mean").asDouble());
        assertEquals(0.875, accuracy.get("ensemble").asDouble());
        assertEquals(-0.00004, accuracy.get("difference").asDouble());
        assertEquals(0.6875, accuracy.get("p_value").asDouble());
        assertTrue(ensembles.get(1).get("difference").isNull(), "the first arm is compared with nothing");
        assertTrue(table.text().contains("Ensembles of " + asked + ": the mean prediction"), table.text());
        assertTrue(table.text().contains("+0.0000"), table.text());
        assertTrue(!table.text().contains("Ensembles of " + plain), table.text());
    }

    @Test
    void theControlThatDoesNotHoldAHalfIsSaidInWords() throws Exception {
        FakeRun.write(folder, "results.json", FakeRun.RESULTS.replace("\"arms\": [", GENERATED + "\"arms\": ["));
        List<String> sentences = DetectabilityText.of(Results.read(folder.resolve("results.json")));
        assertTrue(
                sentences.get(0).contains("tells images of “dcgan” from real ones, ROC AUC 0.93 (95 % 0.90 to 0.96)"),
                sentences.get(0));
        assertTrue(sentences.get(1).startsWith("The control does not hold 0.5"), sentences.get(1));
        FakeRun.write(
                folder,
                "results.json",
                FakeRun.RESULTS.replace(
                        "\"arms\": [", GENERATED.replace("[0.55, 0.7]", "[0.45, 0.7]") + "\"arms\": ["));
        assertEquals(
                1,
                DetectabilityText.of(Results.read(folder.resolve("results.json")))
                        .size());
    }

    /** As an experiment writes it. */
    private static final String GENERATED =
            """
            "generated": [{"family": "dcgan", "seed": 0, "missing": [], "findings": [], "spectrum": null, "metrics": [
              {"key": "detectability", "name": "detectability-768[x]", "value": 0.93, "std": null, "recipe": "n=40/40", "ci95": [0.9, 0.96]},
              {"key": "detectability_control", "name": "control-768[x]", "value": 0.62, "std": null, "recipe": "n=20/20", "ci95": [0.55, 0.7]}]}],
            """;
}
