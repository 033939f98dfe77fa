package org.lesionforge.generator.zoo.ddpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;

final class DenoisingRuleTest {
    private static Optional<Alarm> see(DenoisingRule rule, double loss, long iteration) {
        return rule.afterStep(new StepResult(Map.of("loss", loss), false), iteration);
    }

    @Test
    void aLossThatStaysAtOneIsReportedOnce() {
        DenoisingRule rule = new DenoisingRule();
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            see(rule, 1, i).ifPresent(alarms::add);
        }
        assertEquals(1, alarms.size());
        assertEquals(Alarm.Kind.LEARNS_NOTHING, alarms.get(0).kind());
        assertEquals(1, alarms.get(0).since());
        assertEquals(301, alarms.get(0).iteration());
        assertTrue(alarms.get(0).seen().contains("1.000"), alarms.get(0).seen());
        assertEquals(Optional.of(Alarm.Kind.LEARNS_NOTHING), rule.holding(1000));
        for (int i = 1001; i <= 1200; i++) {
            see(rule, 0.1, i);
        }
        assertEquals(Optional.empty(), rule.holding(1200), "it has learned since");
    }

    @Test
    void aTrainingThatLearnsIsLeftInPeace() {
        DenoisingRule rule = new DenoisingRule();
        for (int i = 1; i <= 2000; i++) {
            // From 1 to half of it in 140 steps, with single batches that are much worse.
            double loss = 0.05 + 0.95 * Math.exp(-i / 200.0) + (i % 50 == 0 ? 2 : 0);
            assertEquals(Optional.empty(), see(rule, loss, i));
        }
        assertEquals(Optional.empty(), rule.holding(2000));
    }

    @Test
    void aRestoredRuleReportsWhenTheFirstWouldHave() {
        DenoisingRule rule = new DenoisingRule();
        for (int i = 1; i <= 200; i++) {
            see(rule, 1.1, i);
        }
        DenoisingRule restored = new DenoisingRule();
        restored.restore(Json.convert(rule.state(), JsonNode.class));
        for (int i = 201; i <= 300; i++) {
            assertEquals(Optional.empty(), see(restored, 1.1, i));
        }
        assertTrue(see(restored, 1.1, 301).isPresent());
        // Before the first step there is no mean, and JSON has no NaN.
        new DenoisingRule().restore(Json.convert(new DenoisingRule().state(), JsonNode.class));
    }

    @Test
    void lossesThatAreNotNumbersAreNotALowLoss() {
        DenoisingRule rule = new DenoisingRule();
        see(rule, Double.NaN, 1);
        for (int i = 2; i <= 301; i++) {
            see(rule, Double.NaN, i);
        }
        assertEquals(Optional.of(Alarm.Kind.LEARNS_NOTHING), rule.holding(301));
    }
}
