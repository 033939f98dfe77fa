package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;

/**
 * Components normally distributed, with mean 0 and deviation 1.
 *
 * @param length numbers in a vector
 */
public record NormalLatents(int length) implements Latents {
    @Override
    public float component(SplittableRandom random) {
        return (float) random.nextGaussian();
    }

    /** Linear, and divided by √((1 − t)² + t²), so that each component has deviation 1 on the way too (Agustsson et al. 2019, arXiv 1711.01970). */
    @Override
    public float[] between(float[] from, float[] to, double t) {
        double deviation = Math.hypot(1 - t, t);
        float[] z = new float[length];
        for (int i = 0; i < length; i++) {
            z[i] = (float) (((1 - t) * from[i] + t * to[i]) / deviation);
        }
        return z;
    }
}
