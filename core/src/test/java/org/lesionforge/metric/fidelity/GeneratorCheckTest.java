package org.lesionforge.metric.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/** What a generator is refused for, and the intervals that its snapshots are chosen by. */
final class GeneratorCheckTest {
    @Test
    void aGeneratorThatDrawsOneThingOrNothingRealIsRefused() {
        assertEquals(List.of(), new GeneratorCheck(0.31, 0.5, 0).refusals(), "recall 0 alone is a warning");
        assertTrue(new GeneratorCheck(0.31, 0.5, 0).missesReals());
        assertEquals(1, new GeneratorCheck(0.15, 0.5, 0.5).refusals().size());
        assertEquals(1, new GeneratorCheck(0.9, 0, 0).refusals().size());
        assertEquals(2, new GeneratorCheck(0.15, 0, 0).refusals().size());
        assertEquals(List.of("every image is alike"), new GeneratorCheck(0, 1, 0.1).refusals());
        assertEquals(List.of(), new GeneratorCheck(0.8, Double.NaN, Double.NaN).refusals(), "too few for neighbours");
        assertEquals(
                1,
                new GeneratorCheck(Double.NaN, Double.NaN, Double.NaN)
                        .refusals()
                        .size(),
                "so are the reals");
    }

    /** Newcombe (1998), Table II, method 10: 56 of 70 against 48 of 80. */
    @Test
    void theIntervalOfADifferenceOfProportionsIsAsPublished() {
        Interval interval = Interval.ofDifference(0.8, Interval.wilson(56, 70), 0.6, Interval.wilson(48, 80));
        assertEquals(0.0524, interval.low(), 5e-5);
        assertEquals(0.3339, interval.high(), 5e-5);
    }

    @Test
    void theIntervalOfAKernelDistanceHoldsItAndNarrows() {
        double few = width(20);
        double many = width(320);
        assertTrue(many < 0.5 * few, few + " of 20 images, " + many + " of 320");
    }

    private static double width(int images) {
        SplittableRandom random = new SplittableRandom(3);
        Features real = normal(images, 0, random);
        Features fake = normal(100, 0.5, random);
        Interval interval = KernelDistance.interval(
                real,
                fake,
                new GroupBootstrap(
                        IntStream.range(0, images).mapToObj(Integer::toString).toList(), 1));
        assertTrue(interval.contains(KernelDistance.wholeSet(real, fake)), interval.toString());
        return interval.high() - interval.low();
    }

    private static Features normal(int n, double mean, SplittableRandom random) {
        float[] values = new float[n * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + random.nextGaussian());
        }
        return new FeatureArray(n, 4, values);
    }
}
