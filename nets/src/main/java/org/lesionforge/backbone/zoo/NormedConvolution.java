package org.lesionforge.backbone.zoo;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.FusedConvolution;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;

/** A square convolution without bias, batch normalisation, an activation. No module of its own: published weights have the two beside other layers. */
final class NormedConvolution implements Foldable, Described {
    /**
     * What the batch normalisations of a network have in common.
     *
     * @param epsilon added to the variance
     * @param momentum share of a batch's statistics in the running ones
     */
    record Norm(double epsilon, double momentum) {
        /** PyTorch's. */
        static final Norm USUAL = new Norm(1e-5, 0.1);

        BatchNorm2dImpl layer(long channels) {
            return Layers.batchNorm(channels, epsilon, momentum);
        }
    }

    /**
     * What a square convolution looks like.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel side, odd
     * @param stride in both directions
     * @param padding zeros on all sides
     * @param groups of channels: {@code in} for a depthwise convolution
     * @param activation behind it, or behind its normalisation
     */
    record Shape(long in, long out, long kernel, long stride, long padding, long groups, Activation activation) {
        /** With zeros that keep a map's size, but for the stride. */
        Shape(long in, long out, long kernel, long stride, Activation activation) {
            this(in, out, kernel, stride, kernel / 2, 1, activation);
        }

        static Shape depthwise(long channels, long kernel, long stride, Activation activation) {
            return new Shape(channels, channels, kernel, stride, kernel / 2, channels, activation);
        }

        Shape unpadded() {
            return new Shape(in, out, kernel, stride, 0, groups, activation);
        }

        Conv2dImpl layer(boolean bias) {
            Conv2dImpl layer = Layers.groupedConv(in, out, kernel, stride, padding, groups, bias);
            Layers.useChannelsLast(layer.weight());
            return layer;
        }

        long[] strides() {
            return new long[] {stride, stride};
        }

        long[] paddings() {
            return new long[] {padding, padding};
        }

        Extent extent(Extent x) {
            return x.convolved(new long[] {out, in / groups, kernel, kernel}, strides(), paddings(), groups);
        }
    }

    private final Shape shape;
    private final double epsilon;
    private final Conv2dImpl conv;
    private final BatchNorm2dImpl norm;

    /** With the batch normalisation multiplied in; null until {@link #fold}. */
    private @Nullable FusedConvolution folded;

    NormedConvolution(Shape shape, Norm statistics) {
        this.shape = shape;
        epsilon = statistics.epsilon;
        conv = shape.layer(false);
        norm = statistics.layer(shape.out);
    }

    Conv2dImpl conv() {
        return conv;
    }

    BatchNorm2dImpl norm() {
        return norm;
    }

    @Override
    public String does() {
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
        return shape.extent(x);
    }

    @Override
    public void fold() {
        if (folded == null) {
            folded = FusedConvolution.of(
                    conv, norm, epsilon, shape.strides(), shape.paddings(), shape.groups, shape.activation);
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
