package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.training.TinyTraining;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.AverageDecay;

/** The generator's running average: what it covers. */
final class AverageGeneratorTest {
    private static final GeneratorSpec<DcganOptions> SMALL = TinyTraining.NETS;

    private static final Latents LATENTS = new UniformLatents(SMALL.own().latent());

    private static void fill(DcganGenerator net, double value) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.of(net).values().forEach(tensor -> tensor.fill_(new Scalar(value)));
        }
    }

    @Test
    void itAveragesWeightsAndRunningStatistics() {
        DcganGenerator live = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
        DcganGenerator average = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
        fill(average, 8);
        fill(live, 0);
        AverageGenerator ema = new AverageGenerator(average, new AverageDecay.HalfLife(32, 0));
        ema.update(live, 32, 32);
        ema.update(live, 32, 64);
        fill(live, 10);
        ema.update(live, 32, 96); // 8 → 4 → 2 → 6
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = StateDict.of(average);
            for (String name : new String[] {"up0.weight", "norm0.running_mean", "norm0.running_var"}) {
                assertEquals(6, Tensors.floats(state.get(name))[0], 1e-5, name);
            }
            assertEquals(10, Tensors.longs(state.get("norm0.num_batches_tracked"))[0], "counters are copied");
            assertArrayEquals(
                    new long[] {8}, StateDict.of(live).get("norm0.weight").shape());
        }
    }

    @Test
    void itsStatisticsAreThoseOfItsWeights() {
        DcganGenerator average = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.buffers(average).forEach((name, tensor) -> {
                if (tensor.is_floating_point()) {
                    tensor.fill_(new Scalar(0.3));
                }
            });
            Tensor z = LATENTS.batch(new Seed(3), 512, Compute.cpu());
            average.eval();
            float[] before = Tensors.floats(average.forward(z, NoLabels.of(512)));
            new AverageGenerator(average, new AverageDecay.HalfLife(32, 0))
                    .measureStatistics(LATENTS, new LabelShares(List.of(1)), new Seed(5), Compute.cpu());
            average.eval();
            float[] after = Tensors.floats(average.forward(z, NoLabels.of(512)));
            // What batch norm does with the statistics of 512 images themselves.
            average.train(true);
            float[] right = Tensors.floats(average.forward(z, NoLabels.of(512)));
            assertTrue(distance(before, right) > 0.3, "the first statistics were wrong: " + distance(before, right));
            assertEquals(0, distance(after, right), 0.05);
        }
    }

    /** Relative to the length of the second. */
    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            length += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
