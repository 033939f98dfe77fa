package org.lesionforge.gan;

import java.util.SplittableRandom;
import org.lesionforge.io.Seed;

/** The generator's inputs: vectors with components uniform in [−1, 1). Vector i depends on (seed, i) alone. */
final class Latents {
    private Latents() {}

    /** Vectors {@code first} … {@code first + count − 1} of {@code seed}, one after another: count × length values. */
    static float[] draw(Seed seed, long first, int count, int length) {
        float[] values = new float[count * length];
        for (int i = 0; i < count; i++) {
            SplittableRandom random = seed.at(first + i).random();
            for (int j = 0; j < length; j++) {
                values[i * length + j] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return values;
    }
}
