package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.json.Json;

final class ClassificationEvaluationTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final int[] TRUTH = {0, 0, 1, 1};
    private static final double[] SCORE = {0.1, 0.6, 0.4, 0.8};

    @Test
    void numbersAsByHand() {
        ClassificationEvaluation evaluation = ClassificationEvaluation.of(TRUTH, SCORE, CLASSES, "malignant");
        assertArrayEquals(new int[][] {{1, 1}, {1, 1}}, evaluation.confusion());
        assertEquals(0.5, evaluation.accuracy(), 1e-15);
        assertEquals(0.75, evaluation.rocAuc(), 1e-15);
        assertEquals(0, evaluation.mcc(), 1e-15);
        assertEquals((0.01 + 0.36 + 0.36 + 0.04) / 4, evaluation.brier(), 1e-15);
    }

    @Test
    void positiveClassMayComeFirst() {
        ClassificationEvaluation evaluation = ClassificationEvaluation.of(
                new int[] {0, 1}, new double[] {0.9, 0.2}, List.of("cancer", "naevus"), "cancer");
        assertEquals(1, evaluation.accuracy());
        assertEquals(1, evaluation.rocAuc());
        assertEquals((0.01 + 0.04) / 2, evaluation.brier(), 1e-15);
    }

    @Test
    void jsonHasTheKeysOfTheContract() {
        JsonNode json = Json.convert(ClassificationEvaluation.of(TRUTH, SCORE, CLASSES, "malignant"), JsonNode.class);
        assertEquals(4, json.get("n").asInt());
        assertEquals("malignant", json.get("classes").get(1).asText());
        assertEquals(1, json.get("confusion").get(1).get(0).asInt());
        assertEquals(0.5, json.get("balanced_accuracy").asDouble());
        assertEquals(0.75, json.get("roc_auc").asDouble());
        assertEquals(0.5, json.get("per_class").get("malignant").get("f1").asDouble());
        assertEquals(2, json.get("per_class").get("malignant").get("support").asInt());
        assertEquals(2, json.get("accuracy_ci95").size());
    }

    @Test
    void jsonComesBackAsItWas() throws Exception {
        ClassificationEvaluation evaluation =
                ClassificationEvaluation.of(new int[] {0, 0}, new double[] {0.1, 0.2}, CLASSES, "malignant");
        JsonNode json = Json.convert(evaluation, JsonNode.class);
        ClassificationEvaluation again = Json.convert(json, ClassificationEvaluation.class);
        assertEquals(json, Json.convert(again, JsonNode.class));
        assertTrue(Double.isNaN(again.rocAuc()));
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        double[][] broken = {{0.5, 0.5}, {0.5, Double.NaN}, {0, 1}, {1, 0}};
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> ClassificationEvaluation.of(TRUTH, broken, CLASSES, "malignant"));
        assertTrue(failure.getMessage().contains("image 1"));
        assertThrows(
                IllegalArgumentException.class, () -> ClassificationEvaluation.of(TRUTH, SCORE, CLASSES, "Malignant"));
    }
}
