package org.lesionforge.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.FakeRun;
import org.lesionforge.report.SeveralNetworks;

/** {@code results.json} of this version and of 0.1, whole and damaged. */
final class ResultsTest {
    @TempDir
    Path folder;

    private Results read(String json) throws IOException {
        return Results.read(Files.writeString(folder.resolve("results.json"), json));
    }

    @Test
    void whatVersion01DidNotWriteIsFilledIn() throws IOException {
        Results results = read(FakeRun.RESULTS.replace("\"dcgan\"", "\"dcgan-only\""));
        assertEquals(List.of(), results.equalArms());
        assertEquals(Optional.empty(), results.secondsOf());
        // 40 of 60 test images are benign.
        assertEquals(Optional.of(new Results.MajorityGuess("benign", 40 / 60.0)), results.majorityGuess());
        Comparison accuracy = results.comparisons().get(0);
        assertEquals(Optional.of(OperatingPoint.HALF), accuracy.operatingPoint());
        assertTrue(accuracy.planned());
        assertEquals("dcgan+only", accuracy.b());
        assertEquals("dcgan+only", results.arms().get(1).name());
        assertEquals("dcgan+only", results.summaries().get(1).name());
        results = read(FakeRun.RESULTS.replace("\"accuracy\", \"difference\"", "\"roc_auc\", \"difference\""));
        assertEquals(Optional.empty(), results.comparisons().get(0).operatingPoint(), "no threshold enters it");
    }

    @Test
    void ensemblesAreReadAndCheckedAsTheSummariesAre() throws IOException {
        assertEquals(List.of(), read(FakeRun.RESULTS).ensembles());
        assertEquals(List.of(), read(FakeRun.RESULTS).ensembleComparisons());
        assertEquals(1, read(FakeRun.RESULTS).arms().get(0).tta(), "version 0.1 took each image as it is");
        ObjectNode json = (ObjectNode) Json.readTree(folder.resolve("results.json"));
        json.set("ensembles", json.get("summaries").deepCopy());
        json.set("ensemble_comparisons", json.get("comparisons").deepCopy());
        ObjectNode comparison = (ObjectNode) json.at("/ensemble_comparisons/0");
        comparison.put("planned", false).putNull("p_holm");
        Results results = read(json.toString());
        assertEquals(results.summaries(), results.ensembles());
        assertFalse(results.ensembleComparisons().get(0).planned());
        comparison.put("p_holm", 0.5);
        assertRefused(json, "key 'ensemble_comparisons[0].p_holm' should be null");
        comparison.putNull("p_holm");
        ((ObjectNode) json.at("/ensembles/1/measures")).remove("roc_auc");
        assertRefused(json, "key 'ensembles[1].measures.roc_auc' is missing");
    }

    @Test
    void whatIsSaidOverNetworksIsOfComparisonsThatAreThere() throws IOException {
        assertEquals(List.of(), read(FakeRun.RESULTS).overNetworks());
        assertFalse(Json.line(read(FakeRun.RESULTS)).contains("over_networks"), "of one network, as before");
        Results results = read(new SeveralNetworks("a", "b")
                .area("dcgan", 4, 1, 7, 0.02)
                .area("dcgan", -4, -7, -1, 0.02)
                .json());
        OverNetworks over = results.overNetworks().get(0);
        assertEquals(List.of("a", "b"), over.networks());
        assertEquals(List.of("a"), over.gains());
        assertEquals(List.of("b"), over.losses());
        ObjectNode json = (ObjectNode) Json.readTree(folder.resolve("results.json"));
        ObjectNode said = (ObjectNode) json.at("/over_networks/0");
        said.putArray("gains").add("c");
        assertRefused(json, "key 'over_networks[0].gains' should be some of the networks, a, b");
        said.putArray("networks").add("a").add("c");
        assertRefused(json, "key 'over_networks[0].networks' should be two or more of those compared, a, b");
        said.putArray("networks").add("a");
        assertRefused(json, "key 'over_networks[0].networks' should be two or more");
        said.putArray("networks").add("a").add("b");
        said.put("b", "oversample");
        assertRefused(json, "key 'over_networks[0].networks' should be two or more");
    }

    private void assertRefused(ObjectNode json, String words) {
        String message = assertThrows(UnusableInputException.class, () -> read(json.toString()))
                .getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void anArmOfALaterVersionKeepsItsName() throws IOException {
        assertEquals(
                "dream",
                read(FakeRun.RESULTS.replace("\"dcgan\"", "\"dream\""))
                        .arms()
                        .get(1)
                        .name());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Results results = read(FakeRun.RESULTS);
        assertFalse(results.summaries().get(1).onValidation().isPresent());
        String written = Json.pretty(results);
        assertEquals(written, Json.pretty(read(written)));
        assertTrue(written.contains("\"on_validation\" : null") && written.contains("\"roc_auc\" : \"NaN\""), written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"difference\": 0.03333|\"difference\": 1e999|key 'comparisons[0].difference' should be a number",
                "[0.68, 0.88]|[0.68]|key 'arms[0].test.accuracy_ci95' cannot be: an interval is a list of its two ends, got 1",
                "[[36, 4], [8, 12]]|[[36, 4]]|key 'arms[0].test.confusion' should be a list of 2 lists of counts",
                "[[36, 4], [8, 12]]|[[36, 4], [8, -12]]|key 'arms[0].test.confusion[1][1]' should be a count",
                "\"train\": {\"benign\": 120, \"malignant\": 40}, \"val|\"train\": {\"benign\": 120}, \"val|"
                        + "key 'dataset.parts.train.malignant' is missing",
                "\"train\": {\"benign\": 120, \"malignant\": 120}|\"train\": {}|key 'arms[1].train.benign' is missing",
                "\"metric\": \"accuracy\"|\"metric\": \"acuracy\"|key 'comparisons[0].metric' should be one of",
                "\"p_value\": 0.6875|\"p_value\": null|key 'comparisons[0].test' should be null, as p_value",
                "\"p_holm\": 0.6875|\"p_holm\": null|key 'comparisons[0].p_holm' should be a value, unlike p_value",
                "\"f1\": 0.8571, \"support\": 40|\"f1\": 0.8571, \"support\": 40.5|support' should be an integer",
                "\"temperatures\": [1.234]|\"temperatures\": [null]|temperatures",
                "arms/none-seed0|/etc|key 'arms[0].folder' should be a folder inside the run",
            })
    void whatCannotBeIsNamed(String whole, String damaged, String words) {
        String json = FakeRun.RESULTS.replace(whole, damaged);
        assertFalse(json.equals(FakeRun.RESULTS), whole);
        String message =
                assertThrows(UnusableInputException.class, () -> read(json)).getMessage();
        assertTrue(message.contains("results.json: ") && message.contains(words), message);
    }
}
