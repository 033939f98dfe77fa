package org.lesionforge.generator.adversarial.net;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.AutocastOff;
import org.lesionforge.torch.Tensors;

/**
 * Spectral normalisation (Miyato et al. 2018, arXiv 1802.05957): a layer's weight divided by its largest singular value
 * σ, so that the layer has Lipschitz constant 1. σ = uᵀWv follows the weight by one power iteration per update; u and v
 * are buffers of the layer, {@code weight_u} and {@code weight_v} as in PyTorch, and part of its state.
 */
public final class SpectralNorm {
    private static final double EPS = 1e-12;

    private final Tensor weight;
    private final Tensor u;
    private final Tensor v;

    private SpectralNorm(Tensor weight, Tensor u, Tensor v) {
        this.weight = weight;
        this.u = u;
        this.v = v;
    }

    /**
     * Gives {@code layer} the two buffers.
     *
     * @param layer that is normalised
     * @param weight of {@code layer}, out × …
     * @param seed of the first u and v
     * @return the norm, which gives the weight to compute with
     */
    public static SpectralNorm register(Module layer, Tensor weight, Seed seed) {
        int out = (int) weight.size(0);
        Tensor u = unit(out, seed.of("u").random());
        Tensor v = unit((int) (weight.numel() / out), seed.of("v").random());
        layer.register_buffer("weight_u", u);
        layer.register_buffer("weight_v", v);
        return new SpectralNorm(weight, u, v);
    }

    private static Tensor unit(int length, SplittableRandom random) {
        float[] values = new float[length];
        double squares = 0;
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
            squares += values[i] * values[i];
        }
        for (int i = 0; i < length; i++) {
            values[i] /= (float) Math.sqrt(squares);
        }
        return Tensors.of(values, length);
    }

    /**
     * The weight divided by its largest singular value. Gradients flow through both, u and v being constants.
     *
     * @param update whether u and v take a step towards the singular vectors first
     * @return W/σ
     */
    public Tensor weight(boolean update) {
        // σ in float32 whatever layers are computed in.
        try (AutocastOff off = new AutocastOff()) {
            Tensor matrix = weight.flatten(1, -1);
            if (update) {
                powerIteration(matrix);
            }
            return weight.div(u.dot(matrix.mv(v)));
        }
    }

    private void powerIteration(Tensor matrix) {
        try (NoGradGuard noGradient = new NoGradGuard()) {
            v.copy_(normalised(matrix.t().mv(u)));
            u.copy_(normalised(matrix.mv(v)));
        }
    }

    private static Tensor normalised(Tensor vector) {
        return vector.div(vector.norm().clamp_min(new Scalar(EPS)));
    }
}
