package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

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
    }
}
