package org.lesionforge.backbone.zoo;

import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.FusedConvolution;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** A square convolution and an activation, with no normalisation between them. */
final class Convolution implements Foldable, Described {
    private final NormedConvolution.Shape shape;
    private final Conv2dImpl conv;
    private @Nullable FusedConvolution folded;

    Convolution(NormedConvolution.Shape shape, boolean bias) {
        this.shape = shape;
        conv = shape.layer(bias);
    }

    Conv2dImpl conv() {
        return conv;
    }

    @Override
    public String does() {
        return "convolution" + shape.activation().suffix();
    }

    @Override
    public Tensor forward(Tensor x) {
        if (folded != null) {
            return folded.apply(x);
        }
        Tensor y = conv.forward(x);
        shape.activation().apply(y);
        return y;
    }

    @Override
    public long parameterCount() {
        return StateDict.parameterCount(conv);
    }

    @Override
    public Extent extent(Extent x) {
        return shape.extent(x);
    }

    @Override
    public void fold() {
        if (folded == null) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Tensor bias = conv.bias();
                folded = new FusedConvolution(
                        conv.weight(),
                        bias.defined() ? bias : torch.zeros(shape.out()),
                        shape.strides(),
                        shape.paddings(),
                        shape.groups(),
                        shape.activation());
            }
        }
    }

    @Override
    public void unfold() {
        if (folded != null) {
            folded.close();
            folded = null;
        }
    }
}
