package org.lesionforge.generator.adversarial.net;

import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.WideConvolution;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** A stage of the generator, which doubles the side: batch norm, of each class by itself where classes are told apart, and ReLU, then a fractionally-strided convolution. */
public final class UpSampling {
    private final MapNorm norm;
    private final long padding;
    private final ConvTranspose2dImpl convolution;
    private final Optional<WideConvolution> wide;

    /**
     * Gives a generator the layers of a stage: {@code norm<stage>} and {@code up<stage>}.
     *
     * @param owner the generator
     * @param stage counted from 0, which sees 4×4 pixels
     * @param in channels of its input
     * @param out channels of its output
     * @param shape of the convolution
     * @param classes that are told apart; empty for none
     */
    public UpSampling(Module owner, int stage, int in, int out, StrideTwo shape, OptionalInt classes) {
        padding = shape.padding();
        String name = "norm" + stage;
        norm = classes.isPresent()
                ? ClassNorm.register(owner, name, in, classes.getAsInt())
                : Norm.register(owner, name, in);
        convolution = owner.register_module(
                "up" + stage,
                Layers.transposedConv(in, out, shape.kernel(), 2, shape.padding(), shape.outputPadding()));
        Layers.useChannelsLast(convolution.weight());
        wide = WideConvolution.pays(convolution.weight())
                ? Optional.of(WideConvolution.up(convolution.weight(), 2, shape.padding(), shape.outputPadding()))
                : Optional.empty();
    }

    /**
     * Doubles the side.
     *
     * @param x n × in × side × side; overwritten
     * @param labels n class indices
     * @param training whether the running statistics follow the batch
     * @return n × out × 2 side × 2 side
     */
    public Tensor forward(Tensor x, Tensor labels, boolean training) {
        Tensor activated = torch.relu_(norm.forward(x, labels, training));
        return wide.isPresent() ? wide.get().forward(activated) : convolution.forward(activated);
    }

    /**
     * A transposed convolution is the convolution from its output to its input, run backwards.
     *
     * @param y extent of the output, walked to from the image
     * @return that of the input; its field is what one place reaches of the image
     */
    public Extent extent(Extent y) {
        long[] strides = {2, 2};
        try (Tensor weight = convolution.weight()) {
            return y.convolved(Tensors.shape(weight), strides, new long[] {padding, padding});
        }
    }

    /** {@return the weights of the transposed convolution} */
    public long weights() {
        return StateDict.parameterCount(convolution);
    }

    /** {@return the parameters of the batch norm before it} */
    public long normParameters() {
        return norm.parameters();
    }

    /** Adds the gradient that autograd does not take; after the backward pass. */
    public void addGradient() {
        wide.ifPresent(WideConvolution::addGradient);
    }
}
