package org.lesionforge.generator.zoo.dcgan;

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
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

final class DcganSummaryTest {
    private static GeneratorSpec<DcganOptions> sized(int size, int kernel, Remedies remedies) {
        return Dcgan.PAPER
                .common(common -> common.size(size).batch(4).epochs(1).snapshotEvery(1))
                .own(own -> own.with().latent(10).width(2).kernel(kernel).build())
                .own(own -> own.with().remedies(remedies).build());
    }

    @ParameterizedTest
    @CsvSource({"16,4", "64,5", "128,4", "256,5"})
    void itsParametersAreThoseOfTheNets(int size, int kernel) {
        for (Remedies remedies : List.of(
                Remedies.NONE,
                Remedies.NONE.with().spectralNorm(true).build(),
                Remedies.NONE.with().minibatchStd(true).build())) {
            GeneratorSpec<DcganOptions> options = sized(size, kernel, remedies);
            GeneratorSummary anatomy = options.summary();
            assertEquals(
                    StateDict.parameterCount(new DcganGenerator(options.common(), options.own(), new Seed(1))),
                    anatomy.nets().get(0).layers().parameters());
            assertEquals(
                    StateDict.parameterCount(new DcganDiscriminator(options.common(), options.own(), new Seed(2))),
                    anatomy.nets().get(1).layers().parameters());
            assertEquals(
                    size,
                    anatomy.nets()
                            .get(0)
                            .layers()
                            .rows()
                            .get(anatomy.nets().get(0).layers().rows().size() - 1)
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
                        sized(side, kernel, Remedies.NONE)
                                .summary()
                                .nets()
                                .get(1)
                                .layers()
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
        GeneratorSummary anatomy = Dcgan.PAPER.summary();
        assertEquals(
                List.of(5, 13, 29, 61, 64),
                anatomy.nets().get(1).layers().rows().stream()
                        .map(ModelSummary.Row::patch)
                        .toList());
        assertEquals(
                List.of(61, 29, 13, 5, 1),
                anatomy.nets().get(0).layers().rows().stream()
                        .map(ModelSummary.Row::patch)
                        .toList());
    }

    @Test
    void memoryGrowsWithTheBatchAndTheAverage() {
        GeneratorSummary.Memory paper = Dcgan.PAPER.summary().memory();
        assertEquals(0, paper.average());
        GeneratorSpec<DcganOptions> averaged = Dcgan.PAPER.own(own ->
                own.with().remedies(Remedies.NONE.with().ema(1000, 0).build()).build());
        // Weights, gradients and two moments of 4 bytes each; the average is of the generator's weights alone.
        long g = averaged.summary().nets().get(0).layers().parameters();
        long d = averaged.summary().nets().get(1).layers().parameters();
        assertEquals(16 * (g + d), paper.nets());
        assertEquals(4 * g, averaged.summary().memory().average());
        assertTrue(averaged.summary().memory().total() > paper.total());
    }
}
