package org.lesionforge.classifier.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** {@link Schedule} by hand, and what {@link Optimisation} refuses. */
final class RateScheduleTest {
    private static double[] shares(Schedule schedule, long warmup, int steps) {
        double[] shares = new double[steps];
        for (int i = 0; i < steps; i++) {
            shares[i] = schedule.after(warmup).share(i, steps);
        }
        return shares;
    }

    @Test
    void schedulesByHand() {
        assertArrayEquals(new double[] {1, 1, 1}, shares(Schedule.CONSTANT, 0, 3));
        assertArrayEquals(new double[] {0.25, 0.5, 0.75, 1, 1, 1}, shares(Schedule.CONSTANT, 4, 6));
        assertArrayEquals(
                new double[] {1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01}, shares(Schedule.STEP, 0, 8), "a half, three quarters");
        // ½ (1 + cos 0, 60°, 120°): 1, 0.75, 0.25; after the last step it would be 0.
        assertArrayEquals(new double[] {0.5, 1, 1, 0.75, 0.25}, shares(Schedule.COSINE, 2, 5), 1e-12);
        assertArrayEquals(new double[] {0.25, 0.5, 0.75, 1}, shares(Schedule.COSINE, 4, 4), 1e-12, "warm-up alone");
    }

    @Test
    void valuesOutsideTheirRangesAreRefused() {
        OptimizerKind any = OptimizerKind.ADAMW;
        Schedule constant = Schedule.CONSTANT;
        assertThrows(IllegalArgumentException.class, () -> new Optimisation(any, -0.1, constant, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Optimisation(any, 0, constant, -1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Optimisation(any, 0, constant, 0, Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> new Optimisation(any, 0, constant, 0, 0, 1));
    }
}
