package org.lesionforge.generator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.run.SnapshotChoice.Measured;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;

/** Which snapshot is taken from a curve of distances with intervals of ±0.1. */
final class SnapshotChoiceTest {
    private static Measured unlearned(int epoch, double distance) {
        Measured measured = measured(epoch, distance);
        return new Measured(
                measured.snapshot(),
                measured.metric(),
                distance,
                measured.ci95(),
                List.of(),
                List.of("every image is alike"));
    }

    private static Measured measured(int epoch, double distance, String... underAlarm) {
        return new Measured(
                new Snapshot(epoch, GeneratorWeights.RAW),
                "kd[x]",
                distance,
                new Interval(distance - 0.1, distance + 0.1),
                List.of(underAlarm),
                List.of());
    }

    private static List<Measured> curve(double... distances) {
        List<Measured> curve = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            curve.add(measured(i + 1, distances[i]));
        }
        return curve;
    }

    private static int chosen(List<Measured> curve) {
        return SnapshotChoice.of(curve).orElseThrow().snapshot().epoch();
    }

    @Test
    void ofACurveThatFallsTheLast() {
        assertEquals(5, chosen(curve(2, 1.5, 1, 0.7, 0.4)));
    }

    @Test
    void ofAFlatCurveTheLatestAndNotTheLuckiest() {
        SnapshotChoice choice =
                SnapshotChoice.of(curve(2, 0.45, 0.38, 0.5, 0.48)).orElseThrow();
        assertEquals(5, choice.snapshot().epoch());
        assertEquals(3, choice.lowest().snapshot().epoch());
        assertEquals(4, choice.equal());
        assertTrue(choice.reason().startsWith("the latest of 4 snapshots"), choice.reason());
    }

    @Test
    void ofACurveThatCollapsesTheLatestBeforeThat() {
        assertEquals(3, chosen(curve(2, 0.5, 0.4, 3, 3.1)), "by the distance");
        List<Measured> seen = new ArrayList<>(curve(2, 0.5, 0.4));
        seen.add(measured(4, 0.3, "mode_collapse"));
        seen.add(measured(5, 0.35, "mode_collapse", "memorisation"));
        assertEquals(3, chosen(seen), "what is under an alarm is out, however near");
    }

    @Test
    void whenAllAreUnderAnAlarmAllCountAndThatIsSaid() {
        SnapshotChoice choice = SnapshotChoice.of(List.of(
                        unlearned(1, 0.2),
                        measured(2, 0.4, "memorisation"),
                        measured(3, 0.45, "discriminator_wins"),
                        measured(4, 0.9, "memorisation"),
                        unlearned(5, 0.3)))
                .orElseThrow();
        assertEquals(3, choice.snapshot().epoch(), "an alarm is better than a generator that has not learned");
        assertEquals(2, choice.equal());
        assertTrue(
                choice.reason().contains("every snapshot is under an alarm")
                        && choice.reason().endsWith("discriminator_wins"),
                choice.reason());
        assertEquals(2, chosen(List.of(unlearned(1, 0.9), unlearned(2, 0.4))));
        assertEquals(1, chosen(List.of(measured(1, 9), measured(2, 0.4, "memorisation"))), "if one is clear, it is");
    }

    @Test
    void rawAndAveragedWeightsOfOneEpochAreToldByTheirDistance() {
        Measured average = new Measured(
                new Snapshot(2, GeneratorWeights.EMA), "kd[x]", 0.41, new Interval(0.31, 0.51), List.of(), List.of());
        assertEquals(
                new Snapshot(2, GeneratorWeights.EMA),
                SnapshotChoice.of(List.of(measured(1, 0.4), measured(2, 0.45), average))
                        .orElseThrow()
                        .snapshot());
    }

    @Test
    void withTooFewImagesForAnIntervalTheLatestIsTaken() {
        Interval undefined = new Interval(Double.NaN, Double.NaN);
        List<Measured> curve = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            curve.add(new Measured(
                    new Snapshot(epoch, GeneratorWeights.RAW), "kd[x]", epoch, undefined, List.of(), List.of()));
        }
        assertEquals(3, chosen(curve));
    }

    @Test
    void distancesThatAreUndefinedAreTheLast() {
        assertEquals(1, chosen(curve(0.4, Double.NaN)));
        assertEquals(1, chosen(curve(Double.NaN)));
        assertEquals(Optional.empty(), SnapshotChoice.of(List.of()));
    }
}
