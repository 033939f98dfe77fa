package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.LinearDecay;

final class RateDecayTest {
    /** Ten images in batches of three: three iterations an epoch, and four epochs. */
    private static final Schedule SCHEDULE =
            Schedule.of(Dcgan.PAPER.common(common -> common.batch(3).epochs(4).snapshotEvery(3)), 10);

    private static double share(double decay, long iteration) {
        return new LinearDecay(decay).share(iteration - 1, SCHEDULE.iterations());
    }

    @Test
    void theRateFallsOverTheLastShare() {
        double[] shares = LongStream.rangeClosed(1, 12)
                .mapToDouble(iteration -> share(1.0 / 3, iteration))
                .toArray();
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25}, shares, 1e-12);
        assertEquals(1, share(0, 12));
        assertEquals(1.0 / 12, share(1, 12), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> Remedies.NONE.with().rateDecay(1.1).build());
    }

    @Test
    void halfTheRateMovesWeightsHalfAsFar() {
        double whole = moved(1);
        assertEquals(0.5, moved(0.5) / whole, 1e-3);
        assertEquals(0, moved(0));
    }

    /** How far the first step moves the generator's first weight; Adam's first step is the rate itself. */
    private static double moved(double share) {
        GeneratorSpec<DcganOptions> options = Dcgan.PAPER
                .common(common -> common.size(16).batch(3).epochs(4).snapshotEvery(3))
                .own(own -> own.with().latent(8).width(4).kernel(4).build());
        DcganGenerator generator = new DcganGenerator(options.common(), options.own(), new Seed(1));
        DcganDiscriminator discriminator = new DcganDiscriminator(options.common(), options.own(), new Seed(2));
        try (Scope scope = new Scope();
                AdversarialStep step = DcganStep.of(generator, discriminator, options)) {
            float[] before = weight(generator);
            step.setRateShare(share);
            Tensor real = Tensors.of(new float[3 * 3 * 16 * 16], 3, 3, 16, 16);
            step.run(real, NoLabels.of(3), new UniformLatents(8).batch(new Seed(4), 3, Compute.cpu()), 0);
            return Math.abs(weight(generator)[0] - before[0]);
        }
    }

    private static float[] weight(DcganGenerator generator) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            return Tensors.floats(StateDict.of(generator).get("up0.weight"));
        }
    }
}
