package org.lesionforge.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

final class GanAnatomyTest {
    private static GanOptions sized(int size, int kernel, Remedies remedies) {
        return GanOptions.DEFAULTS
                .with()
                .size(size)
                .latent(10)
                .width(2)
                .kernel(kernel)
                .batch(4)
                .epochs(1)
                .snapshotEvery(1)
                .build()
                .with(remedies);
    }

    @ParameterizedTest
    @CsvSource({"16,4", "64,5", "128,4", "256,5"})
    void itsParametersAreThoseOfTheNets(int size, int kernel) {
        for (Remedies remedies : List.of(
                Remedies.NONE,
                Remedies.NONE.with().spectralNorm(true).build(),
                Remedies.NONE.with().minibatchStd(true).build())) {
            GanOptions options = sized(size, kernel, remedies);
            GanAnatomy anatomy = GanAnatomy.of(options);
            assertEquals(
                    StateDict.parameterCount(new Generator(options, new Seed(1))),
                    anatomy.generator().parameters());
            assertEquals(
                    StateDict.parameterCount(new Discriminator(options, new Seed(2))),
                    anatomy.discriminator().parameters());
            assertEquals(
                    size,
                    anatomy.generator()
                            .rows()
                            .get(anatomy.generator().rows().size() - 1)
                            .side());
        }
    }

    @Test
    void aPatchIsWhereTheGradientReaches() {
        // Three stages of kernel 5 from an image of 64: the gradient of one value in the middle, by libtorch itself.
        int side = 64;
        for (int kernel : new int[] {4, 5}) {
            try (Scope scope = new Scope()) {
                Tensor image = torch.ones(1, 1, side, side).requires_grad_(true);
                Tensor x = image;
                for (int stage = 0; stage < 3; stage++) {
                    x = ones(kernel).forward(x);
                }
                x.select(2, 4).select(2, 4).sum().backward();
                float[] gradient = Tensors.floats(image.grad().sum(2));
                int reached = 0;
                for (float value : gradient) {
                    reached += value == 0 ? 0 : 1;
                }
                assertEquals(
                        reached,
                        GanAnatomy.of(sized(side, kernel, Remedies.NONE))
                                .discriminator()
                                .rows()
                                .get(2)
                                .patch());
            }
        }
    }

    private static Conv2dImpl ones(int kernel) {
        Conv2dImpl layer = Layers.conv(1, 1, kernel, 2, (kernel - 1) / 2);
        try (NoGradGuard noGradient = new NoGradGuard()) {
            layer.weight().fill_(new Scalar(1));
        }
        return layer;
    }

    @Test
    void radfordsPatches() {
        GanAnatomy anatomy = GanAnatomy.of(GanOptions.DEFAULTS);
        assertEquals(
                List.of(5, 13, 29, 61, 64),
                anatomy.discriminator().rows().stream()
                        .map(ModelSummary.Row::patch)
                        .toList());
        assertEquals(
                List.of(61, 29, 13, 5, 1),
                anatomy.generator().rows().stream().map(ModelSummary.Row::patch).toList());
    }

    @Test
    void memoryGrowsWithTheBatchAndTheAverage() {
        GanAnatomy.Memory paper = GanAnatomy.of(GanOptions.DEFAULTS).memory();
        assertEquals(0, paper.average());
        GanOptions averaged =
                GanOptions.DEFAULTS.with(Remedies.NONE.with().ema(1000, 0).build());
        // Weights, gradients and two moments of 4 bytes each; the average is of the generator's weights alone.
        long g = GanAnatomy.of(averaged).generator().parameters();
        long d = GanAnatomy.of(averaged).discriminator().parameters();
        assertEquals(16 * (g + d), paper.nets());
        assertEquals(4 * g, GanAnatomy.of(averaged).memory().average());
        assertTrue(GanAnatomy.of(averaged).memory().total() > paper.total());
    }
}
