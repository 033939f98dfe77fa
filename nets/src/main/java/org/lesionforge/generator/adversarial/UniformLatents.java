package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;

/**
 * Components uniform in [−1, 1).
 *
 * @param length numbers in a vector
 */
public record UniformLatents(int length) implements Latents {
    @Override
    public float component(SplittableRandom random) {
        return (float) (2 * random.nextDouble() - 1);
    }

    @Override
    public float[] between(float[] from, float[] to, double t) {
        return new LatentPath(from, to).at(t);
    }
}
