package org.lesionforge.generator.zoo.lapgan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * The generator of a level above the coarsest (Denton et al. 2015): convolutions of a plane of noise and of the doubled coarse image l to the detail
 * that l lacks, without an activation at the end, for a detail is of either sign and of any size. What it gives is the image, l and its detail.
 *
 * <p>Its last layer begins with zeros, so a level that is not trained yet adds nothing.
 */
final class ResidualGenerator extends GeneratorNet {
    private static final int[] KERNELS = {7, 7, 5};

    private final int channels;
    private final int side;
    private final ClassPlanes planes;
    private final List<Conv2dImpl> convolutions = new ArrayList<>();

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param side of the images in pixels
     * @param channels of the images
     * @param width channels of its feature maps
     * @param planes how it is told the class
     * @param seed of the weights
     */
    ResidualGenerator(int side, int channels, int width, ClassPlanes planes, Seed seed) {
        this.side = side;
        this.channels = channels;
        this.planes = planes;
        int before = 1 + channels + planes.classes();
        for (int i = 0; i < KERNELS.length; i++) {
            int next = i == KERNELS.length - 1 ? channels : width;
            Conv2dImpl convolution =
                    register_module("conv" + i, Layers.conv(before, next, KERNELS[i], 1, KERNELS[i] / 2, true));
            Layers.useChannelsLast(convolution.weight());
            convolutions.add(convolution);
            before = next;
        }
        Initialisation.apply(this, Torch.generator(seed));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            convolutions.get(convolutions.size() - 1).weight().zero_();
        }
    }

    /** @param noiseAndCoarse n × (1 + channels) × side × side: a plane of noise in [−1, 1), and l */
    @Override
    public Tensor forward(Tensor noiseAndCoarse, Tensor labels) {
        Tensor coarse = noiseAndCoarse.narrow(1, 1, channels);
        Tensor x = planes.append(noiseAndCoarse, labels).contiguous(MemoryFormat.ChannelsLast);
        int last = convolutions.size() - 1;
        for (Conv2dImpl convolution : convolutions.subList(0, last)) {
            x = torch.relu_(convolution.forward(x));
        }
        return coarse.add(convolutions.get(last).forward(x));
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        int reaches = 1;
        for (int i = KERNELS.length - 1; i >= 0; i--) {
            try (Tensor weight = convolutions.get(i).weight()) {
                boolean last = i == KERNELS.length - 1;
                rows.add(
                        0,
                        new ModelSummary.Row(
                                "conv" + i,
                                last ? "convolution, added to the coarse image" : "convolution, ReLU",
                                Tensors.shape(weight)[0],
                                side,
                                StateDict.parameterCount(convolutions.get(i)),
                                reaches,
                                weight.numel() * side * side));
                reaches += KERNELS[i] - 1;
            }
        }
        return new ModelSummary(rows);
    }
}
