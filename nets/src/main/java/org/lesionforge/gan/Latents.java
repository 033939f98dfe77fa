package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Tensors;

/** How a generator's inputs are distributed. Vector i depends on (seed, i) alone. */
interface Latents {
    /** {@return numbers in a vector} */
    int length();

    /** Vectors {@code first} … {@code first + count − 1} of {@code seed}, one after another: count × length values. */
    float[] draw(Seed seed, long first, int count);

    /** As {@link LatentSampler#between}. */
    float[] between(float[] from, float[] to, double t);

    /** {@return vectors 0 … {@code count} − 1: count × length} */
    default Tensor batch(Seed seed, int count, Compute compute) {
        return Tensors.of(draw(seed, 0, count), count, length()).to(compute.device(), ScalarType.Float);
    }
}
