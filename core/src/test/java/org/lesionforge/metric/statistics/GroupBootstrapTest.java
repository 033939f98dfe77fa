package org.lesionforge.metric.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.MeasureTest;
import org.lesionforge.metric.Outcomes;

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
    void manySingleGroupsGiveTheNormalInterval() {
        // Of 1,000 images 100 are gained and 60 lost: standard error √((0.16 − 0.04²) / 1000) = 0.01259.
        int[] gain = new int[1000];
        Arrays.fill(gain, 0, 100, 1);
        Arrays.fill(gain, 100, 160, -1);
        List<String> groups = IntStream.range(0, 1000).mapToObj(i -> "g" + i).toList();
        Interval interval = new GroupBootstrap(groups, 10_000, 7).interval(times -> mean(gain, times));
        assertEquals(0.04 - 1.96 * 0.01259, interval.low(), 0.002);
        assertEquals(0.04 + 1.96 * 0.01259, interval.high(), 0.002);
    }

    @Test
    void imagesOfOneGroupAreOnePieceOfEvidence() {
        // Four groups of ten equal images are four observations: √10 times the standard error of forty.
        int[] gain = new int[40];
        Arrays.fill(gain, 0, 10, 1);
        List<String> single = IntStream.range(0, 40).mapToObj(i -> "g" + i).toList();
        List<String> grouped =
                IntStream.range(0, 40).mapToObj(i -> "g" + i / 10).toList();
        double narrow = width(new GroupBootstrap(single, 1).interval(times -> mean(gain, times)));
        double wide = width(new GroupBootstrap(grouped, 1).interval(times -> mean(gain, times)));
        assertTrue(wide > 2 * narrow, wide + " against " + narrow);
    }

    private static double mean(int[] values, int[] times) {
        double sum = 0;
        double n = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * times[i];
            n += times[i];
        }
        return sum / n;
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
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
