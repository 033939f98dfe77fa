package org.lesionforge.generator.adversarial.net;

import java.util.Optional;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.WideConvolution;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * A stage of the discriminator, which halves the side: a strided convolution, batch norm (none on the first stage),
 * LeakyReLU 0.2. With spectral norm there is no batch norm, which would undo it, and the convolution has a bias in its
 * place.
 */
public final class DownSampling {
    private static final double SLOPE = 0.2;

    private final Conv2dImpl convolution;
    private final long padding;
    private final Optional<SpectralNorm> spectral;
    private final Optional<Norm> norm;
    private final Optional<WideConvolution> wide;

    /**
     * Gives a discriminator the layers of a stage: {@code down<stage>} and, where it has one, {@code norm<stage>}.
     *
     * @param owner the discriminator
     * @param stage counted from 0, which sees the image itself
     * @param in channels of its input
     * @param out channels of its output
     * @param shape of the convolution
     * @param isSpectral whether it has spectral norm
     * @param seed of the vectors of spectral norm
     */
    public DownSampling(Module owner, int stage, int in, int out, StrideTwo shape, boolean isSpectral, Seed seed) {
        padding = shape.padding();
        convolution =
                owner.register_module("down" + stage, Layers.conv(in, out, shape.kernel(), 2, padding, isSpectral));
        Layers.useChannelsLast(convolution.weight());
        spectral = isSpectral
                ? Optional.of(SpectralNorm.register(convolution, convolution.weight(), seed.of("down" + stage)))
                : Optional.empty();
        norm = stage > 0 && !isSpectral ? Optional.of(Norm.register(owner, "norm" + stage, out)) : Optional.empty();
        wide = norm.isPresent() && WideConvolution.pays(convolution.weight())
                ? Optional.of(WideConvolution.down(convolution.weight(), 2, padding))
                : Optional.empty();
    }

    /**
     * Halves the side.
     *
     * @param x n × in × side × side
     * @param update whether running statistics, or the vectors of spectral norm, follow the batch
     * @param twice whether gradients are to be differentiated again
     * @return n × out × side/2 × side/2
     */
    public Tensor forward(Tensor x, boolean update, boolean twice) {
        Tensor y = convolved(x, update, twice);
        Tensor normed = norm.isPresent() ? norm.get().forward(y, update) : y;
        return torch.leaky_relu_(normed, new Scalar(SLOPE));
    }

    private Tensor convolved(Tensor x, boolean update, boolean twice) {
        if (spectral.isPresent()) {
            return convolve(x, spectral.get().weight(update));
        }
        return wide.isPresent() && !twice ? wide.get().forward(x) : convolution.forward(x);
    }

    /**
     * {@return the extent of the output}
     *
     * @param x that of the input
     */
    public Extent extent(Extent x) {
        try (Tensor weight = convolution.weight()) {
            return x.convolved(Tensors.shape(weight), new long[] {2, 2}, new long[] {padding, padding});
        }
    }

    /** {@return the parameters of its layers} */
    public long parameters() {
        return StateDict.parameterCount(convolution)
                + norm.map(Norm::layer).map(StateDict::parameterCount).orElse(0L);
    }

    /** {@return what it does, for the table of layers} */
    public String does() {
        return "convolution, "
                + (spectral.isPresent() ? "spectral norm, " : norm.isPresent() ? "batch norm, " : "")
                + "LeakyReLU";
    }

    /** Adds the gradient that autograd does not take; after the backward pass. */
    public void addGradient() {
        wide.ifPresent(WideConvolution::addGradient);
    }

    private Tensor convolve(Tensor x, Tensor weight) {
        long[] stride = {2, 2};
        return torch.conv2d(
                x,
                weight,
                new TensorOptional(convolution.bias()),
                stride,
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }
}
