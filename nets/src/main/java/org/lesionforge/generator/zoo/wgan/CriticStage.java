package org.lesionforge.generator.zoo.wgan;

import java.util.Optional;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.adversarial.net.StrideTwo;
import org.lesionforge.nn.Extent;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * A stage of the critic, which halves the side: a strided convolution, layer norm over channels, height and width with a gain and a shift for each
 * channel (none on the first stage), LeakyReLU 0.2. All of it can be differentiated twice.
 */
final class CriticStage {
    private static final double SLOPE = 0.2;

    private final Conv2dImpl convolution;
    private final long padding;
    private final Optional<GroupNormImpl> norm;

    /**
     * Gives a critic the layers of a stage: {@code down<stage>} and, but for the first, {@code norm<stage>}.
     *
     * @param stage counted from 0, which sees the image itself
     * @param kernel 4 or 5
     */
    CriticStage(Module owner, int stage, int in, int out, int kernel) {
        padding = new StrideTwo(kernel).padding();
        convolution = owner.register_module("down" + stage, Layers.conv(in, out, kernel, 2, padding));
        Layers.useChannelsLast(convolution.weight());
        norm = stage == 0
                ? Optional.empty()
                : Optional.of(owner.register_module("norm" + stage, Layers.groupNorm(1, out)));
    }

    /** @param x n × in × side × side */
    Tensor forward(Tensor x) {
        Tensor y = convolution.forward(x);
        return torch.leaky_relu(norm.isPresent() ? norm.get().forward(y) : y, new Scalar(SLOPE));
    }

    Extent extent(Extent x) {
        try (Tensor weight = convolution.weight()) {
            return x.convolved(Tensors.shape(weight), new long[] {2, 2}, new long[] {padding, padding});
        }
    }

    long parameters() {
        return StateDict.parameterCount(convolution)
                + norm.map(StateDict::parameterCount).orElse(0L);
    }

    String does() {
        return norm.isPresent() ? "convolution, layer norm, LeakyReLU" : "convolution, LeakyReLU";
    }
}
