package org.lesionforge.nn;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;

/**
 * A strided convolution between many channels, in either direction, which takes the gradient of its weight itself: as a product of matrices
 * for each tap of the kernel, without the zeros of the padding. Between 512 and 1024 channels oneDNN
 * takes it at half the speed of the machine, and products take 0.4 to 0.7 of its time (docs/history/performance.md).
 *
 * <p>Autograd does not know of the weight then. Whoever runs the backward pass calls {@link #addGradient} after it, in the same scope; an
 * optimiser that finds no gradient tells who forgets. Not to be differentiated twice: {@link #forward} is for a pass that is not.
 */
public final class WideConvolution {
    /** Pairs of channels from which on it is the faster one: measured at 512 × 1024 and not at 256 × 512. */
    private static final long LEAST_PAIRS = 512 * 1024;

    private static final long[] NO_DILATION = {1, 1};
    private static final long GROUPS = 1;

    private final Tensor weight;
    private final boolean transposed;
    private final long stride;
    private final long padding;
    private final long outputPadding;
    /** Of the last pass that is to be differentiated, until its gradient is added. */
    private @Nullable Tensor input;

    private @Nullable Tensor output;

    private WideConvolution(Tensor weight, boolean transposed, long stride, long padding, long outputPadding) {
        this.weight = weight;
        this.transposed = transposed;
        this.stride = stride;
        this.padding = padding;
        this.outputPadding = outputPadding;
        // A tap is then a matrix whose rows are whole.
        Layers.useChannelsLast(weight);
    }

    /**
     * A convolution without bias, as {@link Layers#conv(long, long, long, long, long)} makes one.
     *
     * @param weight out × in × k × k, a parameter; brought into channels-last memory
     * @param stride in both directions
     * @param padding pixels of 0 on each side
     * @return the convolution, which holds the weight and does not copy it
     */
    public static WideConvolution down(Tensor weight, long stride, long padding) {
        return new WideConvolution(weight, false, stride, padding, 0);
    }

    /**
     * A transposed convolution without bias, as {@link Layers#transposedConv} makes one.
     *
     * @param weight in × out × k × k, a parameter; brought into channels-last memory
     * @param stride in both directions
     * @param padding pixels that its output lacks on each side
     * @param outputPadding pixels that its output has more at the bottom and at the right
     * @return the convolution, which holds the weight and does not copy it
     */
    public static WideConvolution up(Tensor weight, long stride, long padding, long outputPadding) {
        return new WideConvolution(weight, true, stride, padding, outputPadding);
    }

    /**
     * Whether a weight is wide enough to gain from this, on a CPU; elsewhere its gradient is left to autograd.
     *
     * @param weight of a convolution, either way
     * @return whether it connects enough pairs of channels
     */
    public static boolean pays(Tensor weight) {
        return weight.size(0) * weight.size(1) >= LEAST_PAIRS;
    }

    /**
     * Convolves.
     *
     * @param x n × in × height × width, in channels-last memory
     * @return n × out × height' × width'; neither is to be changed in place before {@link #addGradient}
     * @throws IllegalStateException when the gradient of the pass before was not added
     */
    public Tensor forward(Tensor x) {
        boolean learns = weight.is_cpu() && GradMode.is_enabled() && weight.requires_grad() && x.requires_grad();
        Tensor y = convolve(x, learns ? weight.detach() : weight);
        if (learns) {
            if (output != null && !output.isNull()) {
                throw new IllegalStateException(
                        "a pass through a wide convolution, but the gradient of the one before was not added");
            }
            y.retain_grad();
            input = x;
            output = y;
        }
        return y;
    }

    private Tensor convolve(Tensor x, Tensor kernel) {
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        TensorOptional noBias = new TensorOptional();
        return transposed
                ? torch.conv_transpose2d(
                        x,
                        kernel,
                        noBias,
                        strides,
                        paddings,
                        new long[] {outputPadding, outputPadding},
                        GROUPS,
                        NO_DILATION)
                : torch.conv2d(x, kernel, noBias, strides, paddings, NO_DILATION, GROUPS);
    }

    /**
     * Adds the gradient that the last pass gave the weight, if it was to learn from it.
     *
     * @throws IllegalStateException when there was no backward pass since
     */
    public void addGradient() {
        if (input == null || output == null) {
            return;
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor ofOutput = output.grad();
            if (!ofOutput.defined()) {
                throw new IllegalStateException(
                        "no gradient came back to a wide convolution: run the backward pass first");
            }
            Tensor gradient = weight.grad();
            if (!gradient.defined()) {
                gradient = torch.zeros_like(weight);
                weight.mutable_grad().put(gradient);
            }
            Tensor small = channelsLast(inTypeOf(gradient, transposed ? input : ofOutput));
            Tensor large = channelsLast(inTypeOf(gradient, transposed ? ofOutput : input));
            for (long y = 0; y < weight.size(2); y++) {
                for (long x = 0; x < weight.size(3); x++) {
                    addTap(channelsLast(gradient).select(1, y).select(1, x), small, large, y, x);
                }
            }
        }
        input = null;
        output = null;
    }

    /** Layers may be computed in bfloat16, sums of gradients never. */
    private static Tensor inTypeOf(Tensor gradient, Tensor values) {
        return values.to(gradient.device(), gradient.scalar_type());
    }

    private static Tensor channelsLast(Tensor nchw) {
        return nchw.permute(0, 2, 3, 1);
    }

    /** Of the pixels i of the small image, those whose pixel stride·i + tap − padding of the large one is there. */
    private record Reach(long first, long count) {
        static Reach of(long tap, long stride, long padding, long small, long large) {
            long first = Math.max(0, -Math.floorDiv(tap - padding, stride));
            long last = Math.min(small - 1, Math.floorDiv(large - 1 + padding - tap, stride));
            return new Reach(first, Math.max(0, last - first + 1));
        }
    }

    /** gradient += Σ smallᵀ large over all images and all pixels that the tap connects. */
    private void addTap(Tensor gradient, Tensor small, Tensor large, long y, long x) {
        Reach rows = Reach.of(y, stride, padding, small.size(1), large.size(1));
        Reach columns = Reach.of(x, stride, padding, small.size(2), large.size(2));
        if (rows.count == 0 || columns.count == 0) {
            return;
        }
        try (Scope scope = new Scope()) {
            Tensor from = every(small, 1, rows, 1, 0);
            Tensor to = every(large, 1, rows, stride, y - padding);
            gradient.addmm_(
                    every(from, 2, columns, 1, 0).reshape(-1, small.size(3)).t(),
                    every(to, 2, columns, stride, x - padding).reshape(-1, large.size(3)));
        }
    }

    private static Tensor every(Tensor image, long dimension, Reach reach, long stride, long offset) {
        long first = stride * reach.first + offset;
        return image.slice(
                dimension, new LongOptional(first), new LongOptional(first + stride * (reach.count - 1) + 1), stride);
    }
}
