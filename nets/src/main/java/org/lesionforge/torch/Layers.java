package org.lesionforge.torch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.EmbeddingOptions;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.GroupNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LinearOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Layers by their usual names. The options behind them are raw memory: a wrong index writes past their end without a word. */
public final class Layers {
    private static final double USUAL_MOMENTUM = 0.1;

    private Layers() {}

    /**
     * A square convolution without bias.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel side in pixels
     * @param stride in both directions
     * @param padding pixels of 0 on each side
     * @return the layer, with libtorch's random weights out × in × kernel × kernel, on the CPU
     */
    public static Conv2dImpl conv(long in, long out, long kernel, long stride, long padding) {
        return conv(in, out, kernel, stride, padding, false);
    }

    /**
     * A square convolution.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel side in pixels
     * @param stride in both directions
     * @param padding pixels of 0 on each side
     * @param bias whether a learned number is added to each channel
     * @return the layer, with libtorch's random weights out × in × kernel × kernel, on the CPU
     */
    public static Conv2dImpl conv(long in, long out, long kernel, long stride, long padding, boolean bias) {
        return conv(in, out, new long[] {kernel, kernel}, stride, new long[] {padding, padding}, bias);
    }

    /**
     * A convolution without bias.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel {height, width} in pixels
     * @param stride in both directions
     * @param padding pixels of 0 {above and below, left and right}
     * @return the layer, with libtorch's random weights out × in × height × width, on the CPU
     */
    public static Conv2dImpl conv(long in, long out, long[] kernel, long stride, long[] padding) {
        return conv(in, out, kernel, stride, padding, false);
    }

    /**
     * A square convolution whose channels are in groups, each of which reads its own part of the input.
     *
     * @param in channels of its input, a multiple of {@code groups}
     * @param out channels of its output, a multiple of {@code groups}
     * @param kernel side in pixels
     * @param stride in both directions
     * @param padding pixels of 0 on each side
     * @param groups 1 for a usual convolution, {@code in} for a depthwise one
     * @param bias whether a learned number is added to each channel
     * @return the layer, with libtorch's random weights out × in/groups × kernel × kernel, on the CPU
     */
    public static Conv2dImpl groupedConv(
            long in, long out, long kernel, long stride, long padding, long groups, boolean bias) {
        return conv(in, out, new long[] {kernel, kernel}, stride, new long[] {padding, padding}, groups, bias);
    }

    private static Conv2dImpl conv(long in, long out, long[] kernel, long stride, long[] padding, boolean bias) {
        return conv(in, out, kernel, stride, padding, 1, bias);
    }

    private static Conv2dImpl conv(
            long in, long out, long[] kernel, long stride, long[] padding, long groups, boolean bias) {
        Torch.load();
        Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(kernel));
        options.stride().put(0L, stride).put(1L, stride);
        options.padding().put(new LongPointer(padding));
        options.groups().put(groups);
        options.bias().put(bias);
        return new Conv2dImpl(options);
    }

    /**
     * A fractionally-strided ("transposed") square convolution without bias: the side of its output is (in − 1)·stride − 2·padding + kernel + outputPadding,
     * where in is that of its input.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param kernel side in pixels
     * @param stride in both directions
     * @param padding pixels that its output lacks on each side
     * @param outputPadding pixels that its output has more at the bottom and at the right; below the stride
     * @return the layer, with libtorch's random weights in × out × kernel × kernel, on the CPU
     */
    public static ConvTranspose2dImpl transposedConv(
            long in, long out, long kernel, long stride, long padding, long outputPadding) {
        Torch.load();
        ConvTranspose2dOptions options = new ConvTranspose2dOptions(in, out, new LongPointer(kernel, kernel));
        options.stride().put(0L, stride).put(1L, stride);
        options.padding().put(0L, padding).put(1L, padding);
        options.output_padding().put(0L, outputPadding).put(1L, outputPadding);
        options.bias().put(false);
        return new ConvTranspose2dImpl(options);
    }

    /**
     * Brings the weight of a convolution into channels-last memory, its numbers unchanged. Convolutions answer in the memory order of their weight: this
     * makes a whole net run channels-last, which takes half the time on a CPU, and spares turning weights and their gradients around.
     *
     * @param weight four-dimensional; keeps its identity, so that optimisers and layers still have it
     */
    public static void useChannelsLast(Tensor weight) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            weight.set_data(weight.contiguous(MemoryFormat.ChannelsLast));
        }
    }

    /**
     * Batch normalisation (Ioffe and Szegedy 2015) with gain and bias.
     *
     * @param channels of its input n × channels × height × width
     * @param eps added to the variance
     * @return the layer, on the CPU, with gain 1, bias 0 and running statistics of mean 0 and variance 1
     */
    public static BatchNorm2dImpl batchNorm(long channels, double eps) {
        return batchNorm(channels, eps, USUAL_MOMENTUM);
    }

    /**
     * Batch normalisation (Ioffe and Szegedy 2015) with gain and bias.
     *
     * @param channels of its input n × channels × height × width
     * @param eps added to the variance
     * @param momentum share of a batch's statistics in the running ones, in (0, 1]
     * @return the layer, on the CPU, with gain 1, bias 0 and running statistics of mean 0 and variance 1
     */
    public static BatchNorm2dImpl batchNorm(long channels, double eps, double momentum) {
        Torch.load();
        BatchNormOptions options = new BatchNormOptions(channels);
        options.eps().put(eps);
        options.momentum().put(momentum);
        return new BatchNorm2dImpl(options);
    }

    /**
     * Group normalisation (Wu and He 2018, arXiv 1803.08494): each image by itself, over the channels of a group and all places. With one group it is
     * the layer normalisation over channels, height and width that critics have.
     *
     * @param groups of equally many neighbouring channels
     * @param channels of its input n × channels × height × width, a multiple of {@code groups}
     * @return the layer, on the CPU, with gain 1 and bias 0 for each channel; 1e-5 is added to the variance
     */
    public static GroupNormImpl groupNorm(long groups, long channels) {
        Torch.load();
        return new GroupNormImpl(new GroupNormOptions(groups, channels));
    }

    /**
     * Batch normalisation without gain and bias.
     *
     * @param channels of its input n × channels × height × width
     * @param eps added to the variance
     * @return the layer, on the CPU, with running statistics of mean 0 and variance 1
     */
    public static BatchNorm2dImpl plainBatchNorm(long channels, double eps) {
        Torch.load();
        BatchNormOptions options = new BatchNormOptions(channels);
        options.eps().put(eps);
        options.affine().put(false);
        return new BatchNorm2dImpl(options);
    }

    /**
     * A vector for each index.
     *
     * @param count of indices
     * @param length of each vector
     * @return the layer, with libtorch's random weights count × length, on the CPU
     */
    public static EmbeddingImpl embedding(long count, long length) {
        Torch.load();
        return new EmbeddingImpl(new EmbeddingOptions(count, length));
    }

    /**
     * A fully connected layer.
     *
     * @param in numbers of its input n × in
     * @param out numbers of its output n × out
     * @param bias whether a learned number is added to each number of the output
     * @return the layer, with libtorch's random weights out × in, on the CPU
     */
    public static LinearImpl linear(long in, long out, boolean bias) {
        Torch.load();
        LinearOptions options = new LinearOptions(in, out);
        options.bias().put(bias);
        return new LinearImpl(options);
    }
}
