package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Step;

final class StepProgressTest {
    private final List<String> said = new ArrayList<>();
    private Supplier<String> overall;
    private long now;
    private int notes;

    private final StepProgress progress = new StepProgress(
            new Progress() {
                @Override
                public void advance(String task, long done, long total, String detail) {}

                @Override
                public void message(String text) {
                    said.add(text);
                }

                @Override
                public void overall(Supplier<String> line) {
                    overall = line;
                }
            },
            () -> notes++,
            () -> now);

    private void pass(double minutes) {
        now += (long) (minutes * 60e9);
    }

    /** 10 + 20 + 30 + 40 minutes, the GAN's in two parts; nothing is drawn. */
    private static TimeEstimate estimate() {
        return new TimeEstimate(0, 600, 1200, 1500, 300, 0, 0, 2400);
    }

    @Test
    void stepsAreNumberedAndTheRestIsTheSumOfWhatIsLeft() {
        progress.start(estimate());
        assertEquals(
                "estimated time: 1.7 h (auditing the data set: 10 min; training classifiers that need no GAN: 20 min; "
                        + "training the GAN: 30 min; comparing the arms: 40 min)",
                said.get(0));
        assertEquals("", overall.get());
        progress.begin(Step.AUDIT);
        assertEquals("step 1 of 4, 1.7 h left: auditing the data set", said.get(1));
        pass(4);
        assertEquals("step 1 of 4, 1.6 h left", overall.get());
        pass(6);
        progress.begin(Step.REAL_ARMS);
        assertEquals("auditing the data set took 600 s (estimated: 600 s)", said.get(2));
        pass(20);
        progress.begin(Step.GAN);
        assertEquals("step 3 of 4, 70 min left", overall.get());
        progress.begin(Step.DRAWING);
        assertEquals("", overall.get(), "nothing to draw");
        progress.begin(Step.RESULTS);
        progress.end();
        assertEquals("", overall.get());
    }

    @Test
    void finishedStepsCorrectTheRest() {
        progress.start(estimate());
        progress.begin(Step.AUDIT);
        pass(30);
        progress.begin(Step.REAL_ARMS);
        // (30 + 10) / (10 + 10) = twice as long as foreseen: 2 × 90 minutes.
        assertEquals("step 2 of 4, 3.0 h left", overall.get());
        pass(100);
        // Past its 40 minutes: a tenth of what it has taken, and twice 70.
        assertEquals("step 2 of 4, 2.5 h left", overall.get());
    }

    @Test
    void timeIsNotedAtEveryStepAndInBetween() {
        progress.start(estimate());
        progress.begin(Step.AUDIT);
        assertEquals(1, notes);
        progress.advance("work", 1, 3, "");
        assertEquals(1, notes);
        pass(0.2);
        progress.advance("work", 2, 3, "");
        progress.advance("work", 3, 3, "");
        assertEquals(2, notes);
        progress.end();
        assertEquals(3, notes);
    }

    @Test
    void timeThatCannotBeNotedIsAWarningToAListenerAndEndsTheWorkAtAStep() {
        StepProgress failing = new StepProgress(
                new Progress() {
                    @Override
                    public void advance(String task, long done, long total, String detail) {}

                    @Override
                    public void message(String text) {
                        said.add(text);
                    }
                },
                () -> {
                    throw new IOException("the disk is full");
                },
                () -> now);
        pass(1);
        assertDoesNotThrow(() -> failing.advance("work", 1, 3, ""));
        assertEquals(List.of("warning: the disk is full"), said);
        assertThrows(UncheckedIOException.class, failing::end);
    }
}
