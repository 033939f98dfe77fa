package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.WideConvolution;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Nets with a convolution so wide that it takes the gradient of its weight itself. */
class WideNetsTest {
    private static final GeneratorSpec<DcganOptions> WIDE = Dcgan.PAPER
            .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
            .own(own -> own.with().latent(8).width(512).build());

    @Test
    void theDiscriminatorsGradientIsAutograds() {
        DcganDiscriminator net = new DcganDiscriminator(WIDE.common(), WIDE.own(), new Seed(1));
        try (Scope scope = new Scope()) {
            Tensor weight = StateDict.of(net).get("down1.weight");
            assertTrue(WideConvolution.pays(weight));
            Tensor images = noise(new Seed(2), 4, 3, 16, 16);
            net.forward(images, NoLabels.of((int) images.size(0)), Statistics.KEEP)
                    .square()
                    .sum()
                    .backward();
            assertTrue(!weight.grad().defined(), "autograd has not been told of it");
            net.addGradients();
            float[] own = Tensors.floats(weight.grad());
            net.zero_grad(true);

            // With images that gradients are taken of, everything is left to autograd.
            net.forward(images.requires_grad_(true), NoLabels.of((int) images.size(0)), Statistics.KEEP)
                    .square()
                    .sum()
                    .backward();
            float[] expected = Tensors.floats(weight.grad());
            assertArrayEquals(expected, own, 1e-5f * largest(expected));
            net.addGradients();
            assertArrayEquals(expected, Tensors.floats(weight.grad()), "nothing is added twice");
        }
        StateDict.free(net);
    }

    /** Along the gradient g of its weight, the loss grows by ‖g‖ per unit. */
    @Test
    void theGeneratorsGradientIsTheSlopeOfItsLoss() {
        DcganGenerator net = new DcganGenerator(WIDE.common(), WIDE.own(), new Seed(1));
        try (Scope scope = new Scope()) {
            Tensor weight = StateDict.of(net).get("up0.weight");
            assertTrue(WideConvolution.pays(weight));
            loss(net).backward();
            net.addGradients();
            double slope = Tensors.item(weight.grad().norm());
            try (NoGradGuard noGradient = new NoGradGuard()) {
                double step = 0.02;
                Tensor along = weight.grad().mul(new Scalar(step / slope));
                weight.add_(along);
                double above = Tensors.item(loss(net));
                weight.sub_(along).sub_(along);
                double below = Tensors.item(loss(net));
                assertEquals(slope, (above - below) / (2 * step), 0.02 * slope);
            }
        }
        StateDict.free(net);
    }

    private static Tensor loss(DcganGenerator net) {
        return net.forward(noise(new Seed(3), 4, 8), NoLabels.of(4))
                .mul(noise(new Seed(4), 4, 3, 16, 16))
                .sum();
    }

    private static Tensor noise(Seed seed, long... shape) {
        int n = 1;
        for (long length : shape) {
            n *= (int) length;
        }
        return Tensors.of(new UniformLatents(n).draw(seed, 0, 1), shape);
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
