package org.lesionforge.generator.adversarial;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Tensors;

/**
 * WGAN-GP's penalty (Gulrajani et al. 2017, arXiv 1704.00028, equation 3): λ · E(‖∇D(x̂)‖₂ − 1)², where x̂ = a·x + (1 − a)·G(z), one a ~ U(0, 1)
 * for each pair of images, and the norm is over all of an image's pixels and channels. It keeps the critic's slope near 1.
 *
 * @param weight λ, at least 0
 */
public record GradientPenalty(double weight) implements Penalty {
    @Override
    public boolean isDue(long iteration) {
        return weight > 0;
    }

    @Override
    public boolean hasOwnPoints() {
        return weight > 0;
    }

    @Override
    public Optional<Tensor> points(Tensor real, Tensor fake, Seed random) {
        int n = (int) real.size(0);
        SplittableRandom uniform = random.random();
        float[] shares = new float[n];
        for (int i = 0; i < n; i++) {
            shares[i] = (float) uniform.nextDouble();
        }
        Tensor a = Tensors.send(Tensors.of(shares, n, 1, 1, 1), real.device(), real.scalar_type());
        return Optional.of(fake.lerp(real, a));
    }

    @Override
    public Tensor of(Tensor gradients) {
        return Gradients.lengths(gradients).sub(new Scalar(1)).square().mean().mul(new Scalar(weight));
    }
}
