package org.lesionforge.gan;

import java.util.Optional;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.nn.WideConvolution;
import org.lesionforge.torch.Layers;

/** A stage of the generator, which doubles the side: batch norm and ReLU, then a fractionally-strided convolution. */
final class UpSampling {
    private final Norm norm;
    private final ConvTranspose2dImpl convolution;
    private final Optional<WideConvolution> wide;

    /** @param stage counted from 0, which sees 4×4 pixels */
    UpSampling(Module owner, int stage, int in, int out, GanOptions options) {
        norm = Norm.register(owner, "norm" + stage, in);
        convolution = owner.register_module(
                "up" + stage,
                Layers.transposedConv(in, out, options.kernel(), 2, options.padding(), options.outputPadding()));
        Layers.useChannelsLast(convolution.weight());
        wide = WideConvolution.pays(convolution.weight())
                ? Optional.of(WideConvolution.up(convolution.weight(), 2, options.padding(), options.outputPadding()))
                : Optional.empty();
    }

    Tensor forward(Tensor x, boolean training) {
        Tensor activated = torch.relu_(norm.forward(x, training));
        return wide.isPresent() ? wide.get().forward(activated) : convolution.forward(activated);
    }

    /** After the backward pass. */
    void addGradient() {
        wide.ifPresent(WideConvolution::addGradient);
    }
}
