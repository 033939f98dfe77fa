package org.lesionforge.backbone.zoo;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.FusedConvolution;
import org.lesionforge.nn.Layer;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * A square convolution without bias, batch normalisation, an activation; the zeros around it keep a map's size, but for the stride. No module of its own:
 * published weights have the two beside other layers.
 */
final class NormedConvolution implements Layer {
    private static final double EPSILON = 1e-5;

    /**
     * What it looks like.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel side, odd
     * @param stride in both directions
     * @param groups of channels: {@code in} for a depthwise convolution
     * @param activation behind the normalisation
     */
    record Shape(long in, long out, long kernel, long stride, long groups, Activation activation) {
        Shape(long in, long out, long kernel, long stride, Activation activation) {
            this(in, out, kernel, stride, 1, activation);
        }

        static Shape depthwise(long channels, long kernel, long stride, Activation activation) {
            return new Shape(channels, channels, kernel, stride, channels, activation);
        }

        private long padding() {
            return kernel / 2;
        }
    }

    private final Shape shape;
    private final Conv2dImpl conv;
    private final BatchNorm2dImpl norm;

    /** With the batch normalisation multiplied in; null until {@link #fold}. */
    private @Nullable FusedConvolution folded;

    NormedConvolution(Shape shape) {
        this.shape = shape;
        conv = Layers.groupedConv(shape.in, shape.out, shape.kernel, shape.stride, shape.padding(), shape.groups);
        norm = Layers.batchNorm(shape.out, EPSILON);
        Layers.useChannelsLast(conv.weight());
    }

    Conv2dImpl conv() {
        return conv;
    }

    BatchNorm2dImpl norm() {
        return norm;
    }

    String does() {
        return "convolution, batch norm" + shape.activation.suffix();
    }

    @Override
    public Tensor forward(Tensor x) {
        if (folded != null) {
            return folded.apply(x);
        }
        try (Tensor convolved = conv.forward(x)) {
            Tensor y = norm.forward(convolved);
            shape.activation.apply(y);
            return y;
        }
    }

    @Override
    public long parameterCount() {
        return StateDict.parameterCount(conv) + StateDict.parameterCount(norm);
    }

    @Override
    public Extent extent(Extent x) {
        try (Tensor weight = conv.weight()) {
            return x.convolved(Tensors.shape(weight), both(shape.stride), both(shape.padding()), shape.groups);
        }
    }

    /** Draws the kernel anew from N(0, 2 / (out · kernel²)): He et al. 2015 (arXiv 1502.01852), by what goes out. */
    void initialise(Generator generator) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            double deviation = Math.sqrt(2.0 / (shape.out * shape.kernel * shape.kernel));
            conv.weight().normal_(0, deviation, new GeneratorOptional(generator));
        }
    }

    /** Multiplies the batch normalisation's running statistics into the kernel; from then on only inference is right. */
    void fold() {
        if (folded == null) {
            folded = FusedConvolution.of(
                    conv, norm, EPSILON, both(shape.stride), both(shape.padding()), shape.groups, shape.activation);
        }
    }

    /** Frees what {@link #fold} made. */
    void unfold() {
        if (folded != null) {
            folded.close();
            folded = null;
        }
    }

    private static long[] both(long value) {
        return new long[] {value, value};
    }
}
