package org.lesionforge.generator.zoo.wgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.StepResult;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;

final class CriticStateTest {
    private final CriticRule rule = new CriticRule();
    private final List<Alarm> alarms = new ArrayList<>();
    private long iteration;

    private void run(int steps, LongToDoubleFunction slope, LongToDoubleFunction distance) {
        for (int i = 0; i < steps; i++) {
            iteration++;
            Map<String, Double> numbers = Map.of(
                    "slope",
                    slope.applyAsDouble(iteration),
                    "critic_real",
                    100 + distance.applyAsDouble(iteration),
                    "critic_fake",
                    100.0);
            rule.afterStep(new StepResult(numbers, false), iteration).ifPresent(alarms::add);
        }
    }

    @Test
    void aCriticThatMeasuresIsNotReported() {
        // Steep at first, then near 1; the distance grows, then falls for good, with noise.
        run(100, i -> 3, i -> i / 10.0);
        run(
                3000,
                i -> 1 + 0.2 * Math.sin((double) i),
                i -> 10 * Math.exp(-(i - 100.0) / 1000) + 0.3 * Math.sin((double) i));
        assertEquals(List.of(), alarms);
        assertEquals(Optional.empty(), rule.holding(iteration));
    }

    @Test
    void aSlopeThatStaysAwayFromOneIsReportedOnceAndHolds() {
        run(50, i -> 1, i -> 5);
        run(1000, i -> 4, i -> 5);
        assertEquals(1, alarms.size());
        Alarm alarm = alarms.get(0);
        assertEquals(Alarm.Kind.CRITIC_UNRELIABLE, alarm.kind());
        // The mean passes 2 where 1 + 3 (1 − 0.98ⁿ) > 2: n > ln(2/3) / ln 0.98 = 20.07.
        assertEquals(50 + 21, alarm.since());
        assertEquals(50 + 21 + 200, alarm.iteration());
        assertTrue(alarm.seen().contains("gradient is 3.9"), alarm.seen());
        assertTrue(alarm.advice().contains("--gradient-penalty"), alarm.advice());
        assertEquals(Optional.of(Alarm.Kind.CRITIC_UNRELIABLE), rule.holding(iteration));
        run(500, i -> 1, i -> 5);
        assertEquals(Optional.empty(), rule.holding(iteration));
        run(500, i -> 0.1, i -> 5);
        assertEquals(2, alarms.size(), "it has come back");
    }

    @Test
    void aDistanceThatIsNoneIsReported() {
        run(300, i -> 1, i -> -0.5);
        assertEquals(1, alarms.size());
        assertTrue(alarms.get(0).seen().contains("is -0.500, and a distance is above 0"), alarms.toString());
        assertTrue(alarms.get(0).advice().contains("--critic-steps"), alarms.toString());
        assertEquals(Optional.of(Alarm.Kind.CRITIC_UNRELIABLE), rule.holding(iteration));
    }

    @Test
    void aDistanceThatGrowsAgainIsSaidAndLeavesNoSnapshotOut() {
        run(500, i -> 1, i -> 9);
        run(500, i -> 1, i -> 3);
        run(1000, i -> 1, i -> 3 + (i - 1000) / 100.0);
        assertEquals(1, alarms.size(), alarms.toString());
        assertTrue(alarms.get(0).seen().contains("by heart"), alarms.toString());
        assertEquals(Optional.empty(), rule.holding(iteration));
        // Beyond the largest so far it is still the same alarm.
        run(1000, i -> 1, i -> 13);
        assertEquals(1, alarms.size(), alarms.toString());
    }

    @Test
    void itsStateGoesThroughACheckpoint() {
        run(150, i -> 4, i -> 5);
        CriticRule restored = new CriticRule();
        restored.restore(Json.convert(rule.state(), JsonNode.class));
        assertEquals(rule.state(), restored.state());
        new CriticRule().restore(Json.convert(CriticState.START, JsonNode.class));
    }
}
