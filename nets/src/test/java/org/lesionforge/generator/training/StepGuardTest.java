package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.StepResult;
import org.lesionforge.run.Alarm;
import org.lesionforge.torch.Compute;

/** Steps that fail are counted, halve the learning rate once, and end the training when that does not help. */
final class StepGuardTest {
    private static final StepResult GOOD = new StepResult(Map.of("loss_d", 1.0, "loss_g", 1.0), false);
    private static final StepResult BAD = new StepResult(Map.of("loss_d", Double.NaN, "loss_g", 1.0), true);

    private final GenerativeModel model = TinyTraining.NETS.create(Compute.cpu());
    private final StepGuard guard = new StepGuard(model);

    @Test
    void theLearningRateIsHalvedOnceThenTrainingEnds() {
        List<Alarm> alarms = new ArrayList<>();
        int iteration = 1;
        for (; iteration <= 4; iteration++) {
            guard.see(BAD, iteration).ifPresent(alarms::add);
        }
        guard.see(GOOD, iteration++).ifPresent(alarms::add);
        assertEquals(1, alarms.size(), "the first of them alone is reported");
        assertTrue(guard.isReported(iteration));
        assertEquals(2e-4, model.learningRate());

        guard.see(BAD, iteration++).ifPresent(alarms::add); // the fifth
        assertEquals(2, alarms.size());
        assertEquals(1, alarms.get(1).since());
        assertEquals(6, alarms.get(1).iteration());
        assertTrue(
                alarms.get(1).seen().contains("5 of the last 6 steps"),
                alarms.get(1).seen());
        assertTrue(alarms.get(1).advice().contains("0.0001"), alarms.get(1).advice());
        assertFalse(guard.isReported(iteration), "the lower learning rate has its chance");
        assertEquals(1e-4, model.learningRate());
        assertFalse(guard.hasFailed());

        for (int i = 0; i < 5; i++) {
            guard.see(BAD, iteration++).ifPresent(alarms::add);
        }
        assertTrue(guard.hasFailed());
        assertEquals(4, alarms.size());
        assertTrue(
                alarms.get(3).advice().contains("lower learning rate"),
                alarms.get(3).advice());
        assertEquals(1e-4, model.learningRate());
        assertEquals(10, guard.state().skipped());
    }

    @Test
    void stepsSkippedLongAgoAreForgiven() {
        for (int i = 0; i < 20; i++) {
            guard.see(BAD, 1 + i * (StepGuard.MEMORY + 1));
        }
        assertEquals(2e-4, model.learningRate());
        assertEquals(20, guard.state().skipped());
        long last = guard.state().last();
        assertTrue(guard.isReported(last + StepGuard.MEMORY));
        assertFalse(guard.isReported(last + StepGuard.MEMORY + 1));
    }

    @Test
    void aHalvedLearningRateIsTakenUpAgain() {
        guard.restore(new StepGuard.State(7, 2, 40, 41, true));
        assertEquals(1e-4, model.learningRate());
        for (int i = 42; i <= 44; i++) {
            guard.see(BAD, i);
        }
        assertTrue(guard.hasFailed());
    }
}
