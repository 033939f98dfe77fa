package org.lesionforge.generator.zoo;

import java.util.Optional;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.adversarial.Norm;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.WideConvolution;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** A stage of the generator, which doubles the side: batch norm and ReLU, then a fractionally-strided convolution. */
final class UpSampling {
    private final Norm norm;
    private final long padding;
    private final ConvTranspose2dImpl convolution;
    private final Optional<WideConvolution> wide;

    /** @param stage counted from 0, which sees 4×4 pixels */
    UpSampling(Module owner, int stage, int in, int out, StrideTwo shape) {
        padding = shape.padding();
        norm = Norm.register(owner, "norm" + stage, in);
        convolution = owner.register_module(
                "up" + stage,
                Layers.transposedConv(in, out, shape.kernel(), 2, shape.padding(), shape.outputPadding()));
        Layers.useChannelsLast(convolution.weight());
        wide = WideConvolution.pays(convolution.weight())
                ? Optional.of(WideConvolution.up(convolution.weight(), 2, shape.padding(), shape.outputPadding()))
                : Optional.empty();
    }

    Tensor forward(Tensor x, boolean training) {
        Tensor activated = torch.relu_(norm.forward(x, training));
        return wide.isPresent() ? wide.get().forward(activated) : convolution.forward(activated);
    }

    /**
     * A transposed convolution is the convolution from its output to its input, run backwards.
     *
     * @param y extent of the output, walked to from the image
     * @return that of the input; its field is what one place reaches of the image
     */
    Extent extent(Extent y) {
        long[] strides = {2, 2};
        try (Tensor weight = convolution.weight()) {
            return y.convolved(Tensors.shape(weight), strides, new long[] {padding, padding});
        }
    }

    /** Of the transposed convolution. */
    long weights() {
        return StateDict.parameterCount(convolution);
    }

    /** Of the batch norm before it. */
    long normParameters() {
        return StateDict.parameterCount(norm.layer());
    }

    /** After the backward pass. */
    void addGradient() {
        wide.ifPresent(WideConvolution::addGradient);
    }
}
