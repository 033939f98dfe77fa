package org.lesionforge.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

class ScheduleTest {
    /** Ten images in batches of three: three iterations an epoch, and four epochs. */
    private static Schedule schedule(double rateDecay) {
        GanOptions options = GanOptions.DEFAULTS
                .with()
                .size(16)
                .latent(8)
                .width(4)
                .kernel(4)
                .batch(3)
                .epochs(4)
                .snapshotEvery(3)
                .build()
                .with(Remedies.NONE.with().rateDecay(rateDecay).build());
        return Schedule.of(options, 10);
    }

    @Test
    void epochsTakeWholeBatches() {
        Schedule schedule = schedule(0);
        assertEquals(12, schedule.iterations());
        assertArrayEquals(
                new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4},
                LongStream.rangeClosed(1, 12).map(schedule::epoch).toArray());
        assertEquals(2, schedule.position(6));
        assertTrue(schedule.endsSnapshotEpoch(9) && schedule.endsSnapshotEpoch(12));
        assertFalse(schedule.endsSnapshotEpoch(6));
        assertEquals(2, Schedule.of(schedule.options(), 2).batch(), "a class smaller than the batch");
    }

    @Test
    void theRateFallsOverTheLastShare() {
        Schedule third = schedule(1.0 / 3);
        double[] shares =
                LongStream.rangeClosed(1, 12).mapToDouble(third::rateShare).toArray();
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25}, shares, 1e-12);
        assertEquals(1, schedule(0).rateShare(12));
        assertEquals(1.0 / 12, schedule(1).rateShare(12), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> schedule(1.1));
    }

    @Test
    void halfTheRateMovesWeightsHalfAsFar() {
        double whole = moved(1);
        assertEquals(0.5, moved(0.5) / whole, 1e-3);
        assertEquals(0, moved(0));
    }

    /** How far the first step moves the generator's first weight; Adam's first step is the rate itself. */
    private static double moved(double share) {
        GanOptions options = GanOptions.DEFAULTS
                .with()
                .size(16)
                .latent(8)
                .width(4)
                .kernel(4)
                .batch(3)
                .epochs(4)
                .snapshotEvery(3)
                .build();
        Generator generator = new Generator(options, new Seed(1));
        Discriminator discriminator = new Discriminator(options, new Seed(2));
        try (Scope scope = new Scope();
                GanStep step = new GanStep(generator, discriminator, options)) {
            float[] before = weight(generator);
            step.setRateShare(share);
            Tensor real = Tensors.of(new float[3 * 3 * 16 * 16], 3, 3, 16, 16);
            step.run(real, GanTrainer.latents(new Seed(4), 3, 8, Compute.cpu()), 0);
            return Math.abs(weight(generator)[0] - before[0]);
        }
    }

    private static float[] weight(Generator generator) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            return Tensors.floats(StateDict.of(generator).get("up0.weight"));
        }
    }
}
