package org.lesionforge.generator.adversarial;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Tensors;

/** How a generator's inputs are distributed. Vector i depends on (seed, i) alone. */
public interface Latents {
    /** {@return numbers in a vector} */
    int length();

    /**
     * {@return one component of a vector; all of them are alike}
     *
     * @param random of the vector
     */
    float component(SplittableRandom random);

    /**
     * Draws vectors.
     *
     * @param seed of all of them
     * @param first index of the first one
     * @param count how many, from there on
     * @return one after another: count × length values
     */
    default float[] draw(Seed seed, long first, int count) {
        float[] values = new float[count * length()];
        for (int i = 0; i < count; i++) {
            SplittableRandom random = seed.at(first + i).random();
            for (int j = 0; j < length(); j++) {
                values[i * length() + j] = component(random);
            }
        }
        return values;
    }

    /**
     * {@return a point on the way between two vectors, distributed as these are}
     *
     * @param from where {@code t} is 0
     * @param to where {@code t} is 1; independent of {@code from}
     * @param t in [0, 1]
     */
    float[] between(float[] from, float[] to, double t);

    /**
     * {@return vectors 0 … {@code count} − 1 of a seed: count × length}
     *
     * @param seed of all of them
     * @param count how many
     * @param compute where they are to be
     */
    default Tensor batch(Seed seed, int count, Compute compute) {
        return Tensors.send(Tensors.of(draw(seed, 0, count), count, length()), compute.device(), ScalarType.Float);
    }
}
