package org.lesionforge.generator.zoo.ddpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

final class NoiseScheduleTest {
    private static float[] golden(String name) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(
                    Safetensors.open(SharedFolder.require().resolve("golden/zoo/misc_generators.safetensors"))
                            .tensor("ddpm." + name));
        }
    }

    /** Stored in float32, of which the smallest are products of a thousand factors. */
    private static void same(float golden, double found) {
        assertEquals(1, found / golden, 1e-5, "golden " + golden);
    }

    @Test
    void schedulesAreThoseOfTheReference() {
        float[] linear = golden("linear.alphas_cumprod_0_250_500_999");
        float[] cosine = golden("cosine.alphas_cumprod_0_250_500_998");
        float[] betas = golden("cosine.betas_0_500_999");
        float[] variance = golden("linear.posterior_variance_0_1_500_999");
        int[] times = {0, 250, 500, 999};
        for (int i = 0; i < 4; i++) {
            same(linear[i], NoiseSchedule.LINEAR.kept(times[i]));
            same(cosine[i], NoiseSchedule.COSINE.kept(Math.min(times[i], 998)));
        }
        int[] some = {0, 500, 999};
        for (int i = 0; i < 3; i++) {
            same(betas[i], NoiseSchedule.COSINE.beta(some[i]));
        }
        assertEquals(0, posteriorVariance(0));
        int[] later = {1, 500, 999};
        for (int i = 0; i < 3; i++) {
            same(variance[i + 1], posteriorVariance(later[i]));
        }
    }

    /** Of the step back when the image is known: β(1 − ᾱ₋₁) / (1 − ᾱ), Ho et al., equation 7. */
    private static double posteriorVariance(int t) {
        NoiseSchedule linear = NoiseSchedule.LINEAR;
        return linear.beta(t) * (1 - linear.kept(t - 1)) / (1 - linear.kept(t));
    }

    @Test
    void anImageKeepsItsShareOfTheVariance() {
        // By hand: after one step of the linear schedule 1 - 0.0001 is left.
        assertEquals(0.9999, NoiseSchedule.LINEAR.kept(0), 1e-12);
        assertEquals(1, NoiseSchedule.COSINE.kept(-1));
        SplittableRandom random = new SplittableRandom(1);
        int n = 200;
        int side = 16;
        float[] noise = new float[n * side * side];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        int[] times = new int[n];
        Arrays.fill(times, 300);
        float[] constant = new float[noise.length];
        Arrays.fill(constant, 0.5f);
        double kept = NoiseSchedule.COSINE.kept(300);
        try (Scope scope = new Scope()) {
            Tensor noisy = DdpmModel.noisy(
                    NoiseSchedule.COSINE,
                    Tensors.of(constant, n, 1, side, side),
                    times,
                    Tensors.of(noise, n, 1, side, side));
            // Over 51,200 draws the mean is known to 1/226 of a deviation, the variance to 1/160 of itself.
            assertEquals(0.5 * Math.sqrt(kept), Tensors.item(noisy.mean()), 4 * Math.sqrt(1 - kept) / 226);
            assertEquals(1, Tensors.item(noisy.var()) / (1 - kept), 4.0 / 160);
        }
    }

    @Test
    void eachImageHasItsOwnTime() {
        try (Scope scope = new Scope()) {
            float[] found = Tensors.floats(DdpmModel.noisy(
                    NoiseSchedule.LINEAR,
                    Tensors.of(new float[] {1, 1}, 2, 1, 1, 1),
                    new int[] {0, 999},
                    Tensors.of(new float[] {2, 2}, 2, 1, 1, 1)));
            assertEquals(Math.sqrt(0.9999) + 2 * Math.sqrt(0.0001), found[0], 1e-6);
            assertEquals(Math.sqrt(4.0358296e-5) + 2 * Math.sqrt(1 - 4.0358296e-5), found[1], 1e-6);
        }
    }
}
