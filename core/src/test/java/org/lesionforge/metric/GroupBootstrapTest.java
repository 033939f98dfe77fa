package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupBootstrapTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final List<String> GROUPS = List.of("a", "b", "a", "c");

    @Test
    void wholeGroupsAreDrawnAsManyAsThereAre() {
        new GroupBootstrap(GROUPS, 200, 5).draw(times -> {
            assertEquals(times[0], times[2]);
            assertEquals(3, times[0] + times[1] + times[3]);
        });
    }

    @Test
    void equalSeedsDrawEqually() {
        Interval first = new GroupBootstrap(GROUPS, 1).interval(times -> times[0] + 0.1 * times[1]);
        assertEquals(first, new GroupBootstrap(GROUPS, 1).interval(times -> times[0] + 0.1 * times[1]));
        int[][] draws = new int[2][];
        for (int seed = 0; seed < 2; seed++) {
            int at = seed;
            new GroupBootstrap(GROUPS, 50, seed).draw(times -> draws[at] = times.clone());
        }
        assertNotEquals(Arrays.toString(draws[0]), Arrays.toString(draws[1]));
    }

    @Test
    void drawsWithoutAValueAreLeftOutUnlessTheyAreMany() {
        // Of three groups, c is not drawn in (2/3)³ = 30 % of the draws, and nothing but c in 1 of 27.
        GroupBootstrap bootstrap = new GroupBootstrap(GROUPS, 0);
        assertTrue(Double.isNaN(
                bootstrap.interval(times -> times[3] == 0 ? Double.NaN : 1).low()));
        assertEquals(new Interval(1, 1), bootstrap.interval(times -> times[3] == 3 ? Double.NaN : 1));
    }

    @Test
    void anArmDoesNotDifferFromItself() {
        Outcomes outcomes = Outcomes.of(
                CLASSES, "malignant", new int[] {0, 1, 0, 1}, MeasureTest.probabilities(new double[] {.1, .8, .6, .4}));
        Estimate difference = Estimate.ofDifference(
                Measure.ACCURACY, List.of(outcomes, outcomes), List.of(outcomes), new GroupBootstrap(GROUPS, 0));
        assertEquals(new Estimate(0, new Interval(0, 0)), difference);
    }

    @Test
    void otherImagesAreRefused() {
        GroupBootstrap bootstrap = new GroupBootstrap(GROUPS, 0);
        Outcomes two =
                Outcomes.of(CLASSES, "malignant", new int[] {0, 1}, MeasureTest.probabilities(new double[] {.1, .8}));
        assertThrows(IllegalArgumentException.class, () -> Estimate.of(Measure.ACCURACY, List.of(two), bootstrap));
        assertThrows(IllegalArgumentException.class, () -> Estimate.of(Measure.ACCURACY, List.of(), bootstrap));
        assertThrows(IllegalArgumentException.class, () -> new GroupBootstrap(List.of(), 0));
    }
}
