package org.lesionforge.generator.zoo.ddpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class DdimTest {
    /** Images whose every value is from N(0.1, 0.15²), so far inside [−1, 1] that nothing is cut off. */
    private static final double MEAN = 0.1;

    private static final double DEVIATION = 0.15;

    /** What part of x = √ᾱ x₀ + √(1 − ᾱ) ε is noise, on average over all x₀ of that Gaussian. */
    private static Tensor exactNoise(NoiseSchedule schedule, Tensor x, int time) {
        double kept = schedule.kept(time);
        double variance = kept * DEVIATION * DEVIATION + 1 - kept;
        return x.sub(new Scalar(Math.sqrt(kept) * MEAN)).mul(new Scalar(Math.sqrt(1 - kept) / variance));
    }

    /** By how much the steps of DDIM multiply a value's distance from the mean: in double, from its formula. */
    private static double factor(NoiseSchedule schedule, Ddim ddim) {
        double factor = 1;
        for (int step = ddim.steps() - 1; step >= 0; step--) {
            double kept = schedule.kept(ddim.time(step));
            double next = step == 0 ? 1 : schedule.kept(ddim.time(step - 1));
            double variance = kept * DEVIATION * DEVIATION + 1 - kept;
            factor *= (Math.sqrt(kept * next) * DEVIATION * DEVIATION + Math.sqrt((1 - kept) * (1 - next))) / variance;
        }
        return factor;
    }

    private static float[] normal(int n) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] drawn(NoiseSchedule schedule, int steps, float[] noise) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(new Ddim(schedule, steps)
                    .draw(
                            Tensors.of(noise, noise.length, 1, 1, 1),
                            (images, time) -> exactNoise(schedule, images, time)));
        }
    }

    @Test
    void theExactDenoiserOfAGaussianGivesThatGaussian() {
        float[] noise = normal(20_000);
        for (NoiseSchedule schedule : NoiseSchedule.values()) {
            float[] images = drawn(schedule, 1000, noise);
            double sum = 0;
            double squares = 0;
            for (float image : images) {
                sum += image;
                squares += (image - MEAN) * (image - MEAN);
            }
            // The mean of 20,000 is known to 1/141 of a deviation, the deviation to 1/200 of itself.
            assertEquals(MEAN, sum / noise.length, 4 * DEVIATION / 141, schedule.toString());
            assertEquals(1, Math.sqrt(squares / noise.length) / DEVIATION, 0.03, schedule.toString());
        }
    }

    @Test
    void everyNumberOfStepsFollowsTheFormula() {
        float[] noise = normal(50);
        for (NoiseSchedule schedule : NoiseSchedule.values()) {
            for (int steps : new int[] {1, 2, 10, 50}) {
                Ddim ddim = new Ddim(schedule, steps);
                double factor = factor(schedule, ddim);
                double start = Math.sqrt(schedule.kept(ddim.time(steps - 1))) * MEAN;
                float[] expected = new float[noise.length];
                for (int i = 0; i < noise.length; i++) {
                    expected[i] = (float) (MEAN + factor * (noise[i] - start));
                }
                assertArrayEquals(expected, drawn(schedule, steps, noise), 1e-4f, schedule + ", " + steps + " steps");
            }
        }
        assertTrue(
                Math.abs(factor(NoiseSchedule.COSINE, new Ddim(NoiseSchedule.COSINE, 50)) / DEVIATION - 1)
                        < Math.abs(factor(NoiseSchedule.COSINE, new Ddim(NoiseSchedule.COSINE, 10)) / DEVIATION - 1),
                "more steps come nearer");
    }

    @Test
    void timesAreTheMiddlesOfEqualParts() {
        Ddim four = new Ddim(NoiseSchedule.COSINE, 4);
        assertEquals(List.of(125, 375, 625, 875), times(four));
        List<Integer> all = times(new Ddim(NoiseSchedule.COSINE, 1000));
        for (int t = 0; t < 1000; t++) {
            assertEquals(t, all.get(t));
        }
    }

    private static List<Integer> times(Ddim ddim) {
        List<Integer> times = new ArrayList<>();
        for (int step = 0; step < ddim.steps(); step++) {
            times.add(ddim.time(step));
        }
        return times;
    }

    @Test
    void imagesStayInTheirRange() {
        float[] noise = normal(100);
        try (Scope scope = new Scope()) {
            // Who sees no noise at all divides by almost 0.
            float[] images = Tensors.floats(new Ddim(NoiseSchedule.COSINE, 5)
                    .draw(Tensors.of(noise, 100, 1, 1, 1), (x, time) -> x.mul(new Scalar(0.0))));
            for (float image : images) {
                assertTrue(image >= -1 && image <= 1, Float.toString(image));
            }
        }
    }
}
