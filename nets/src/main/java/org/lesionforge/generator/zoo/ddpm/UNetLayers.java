package org.lesionforge.generator.zoo.ddpm;

import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Layers;

/** What the U-Net's pieces are made of. Weights are libtorch's until the net draws its own. */
final class UNetLayers {
    private static final int MOST_GROUPS = 32;
    private static final int LEAST_CHANNELS_OF_A_GROUP = 4;

    private UNetLayers() {}

    /** With bias, its weight in channels-last memory, as large as its input or half as large. */
    static Conv2dImpl conv(int in, int out, int kernel, int stride) {
        Conv2dImpl conv = Layers.conv(in, out, kernel, stride, kernel / 2, true);
        Layers.useChannelsLast(conv.weight());
        return conv;
    }

    static LinearImpl linear(int in, int out) {
        return Layers.linear(in, out, true);
    }

    /** Of the most groups up to 32 that divide the channels evenly, at least four in each. */
    static GroupNormImpl norm(int channels) {
        return Layers.groupNorm(groups(channels), channels);
    }

    static int groups(int channels) {
        int groups = Math.max(1, Math.min(MOST_GROUPS, channels / LEAST_CHANNELS_OF_A_GROUP));
        while (channels % groups != 0) {
            groups--;
        }
        return groups;
    }

    /** Weights of a fully connected layer, without biases. */
    static long weights(LinearImpl layer) {
        try (Tensor weight = layer.weight()) {
            return weight.numel();
        }
    }
}
