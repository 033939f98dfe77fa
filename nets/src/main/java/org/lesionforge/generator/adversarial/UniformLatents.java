package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;
import org.lesionforge.io.Seed;

/**
 * Components uniform in [−1, 1).
 *
 * @param length numbers in a vector
 */
public record UniformLatents(int length) implements Latents {
    @Override
    public float[] draw(Seed seed, long first, int count) {
        float[] values = new float[count * length];
        for (int i = 0; i < count; i++) {
            SplittableRandom random = seed.at(first + i).random();
            for (int j = 0; j < length; j++) {
                values[i * length + j] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return values;
    }

    @Override
    public float[] between(float[] from, float[] to, double t) {
        return new LatentPath(from, to).at(t);
    }
}
