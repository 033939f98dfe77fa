package org.lesionforge.backbone.inception;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.FusedConvolution;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** Convolution without bias, batch normalisation, ReLU: what the whole network is made of. */
final class BasicConv2d extends Module implements Layer {
    private static final double EPSILON = 0.001;

    private final long[] stride;
    private final long[] padding;
    private final Conv2dImpl conv;
    private final BatchNorm2dImpl bn;

    /** With the batch normalisation multiplied in; null until {@link #fold}. */
    private @Nullable FusedConvolution folded;

    BasicConv2d(long in, long out, long[] kernel, long stride, long[] padding) {
        this.stride = new long[] {stride, stride};
        this.padding = padding.clone();
        conv = register_module("conv", Layers.conv(in, out, kernel, stride, padding));
        bn = register_module("bn", Layers.batchNorm(out, EPSILON));
        Layers.useChannelsLast(conv.weight());
    }

    @Override
    public Tensor forward(Tensor x) {
        if (folded != null) {
            return folded.apply(x);
        }
        try (Tensor convolved = conv.forward(x)) {
            Tensor y = bn.forward(convolved);
            y.relu_();
            return y;
        }
    }

    @Override
    public Extent extent(Extent x) {
        try (Tensor weight = conv.weight()) {
            return x.convolved(Tensors.shape(weight), stride, padding);
        }
    }

    /** This layer, of size 1×1, on averages over neighbouring pixels; folded, it takes them of its own results, which are fewer. */
    Layer onAverages(Layer average) {
        return new OnAverages(this, average);
    }

    private record OnAverages(BasicConv2d convolution, Layer average) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            if (convolution.folded != null) {
                return convolution.folded.applyToAverages(x, average::forward);
            }
            try (Tensor averages = average.forward(x)) {
                return convolution.forward(averages);
            }
        }

        @Override
        public Extent extent(Extent x) {
            return convolution.extent(average.extent(x));
        }
    }

    /**
     * Draws the kernel anew from N(0, deviation²). torchvision truncates at ±2, at least 20 deviations away, which is to say never.
     */
    void initialise(double deviation, Generator generator) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            conv.weight().normal_(0, deviation, new GeneratorOptional(generator));
        }
    }

    /** Multiplies the batch normalisation's running statistics into the kernel; from then on only inference is right. */
    void fold() {
        if (folded != null) {
            return;
        }
        folded = FusedConvolution.of(conv, bn, EPSILON, stride, padding, 1, Activation.RELU);
    }

    /** Frees what {@link #fold} made. */
    void unfold() {
        if (folded != null) {
            folded.close();
            folded = null;
        }
    }
}
