package org.lesionforge.generator.zoo.lapgan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * The discriminator of a level above the coarsest (Denton et al. 2015): it adds the coarse image and its detail first, so it judges images. Two
 * convolutions without padding, the second of stride 2, ReLU behind both; dropout of a half; one logit. The sigmoid is part of the loss.
 */
final class ResidualDiscriminator extends DiscriminatorNet {
    private static final int KERNEL = 5;
    private static final long[] NO_PADDING = {0, 0};

    private final int side;
    private final int channels;
    private final ClassPlanes planes;
    private final Conv2dImpl fine;
    private final Conv2dImpl coarse;
    private final Dropout dropout = new Dropout(0.5);
    private final LinearImpl classify;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param side of the images in pixels
     * @param channels of the images
     * @param width channels of its feature maps
     * @param planes how it is told the class
     * @param seed of the weights
     */
    ResidualDiscriminator(int side, int channels, int width, ClassPlanes planes, Seed seed) {
        this.side = side;
        this.channels = channels;
        this.planes = planes;
        fine = register_module("conv0", Layers.conv(channels + planes.classes(), width, KERNEL, 1, 0, true));
        coarse = register_module("conv1", Layers.conv(width, width, KERNEL, 2, 0, true));
        Layers.useChannelsLast(fine.weight());
        Layers.useChannelsLast(coarse.weight());
        int left = behindCoarse().side();
        classify = register_module("classify", Layers.linear((long) width * left * left, 1, true));
        Initialisation.apply(this, Torch.generator(seed));
    }

    /**
     * Starts dropping anew.
     *
     * @param seed from which follows what is dropped until this is called again
     */
    void drop(Seed seed) {
        dropout.seed(seed);
    }

    /** Nothing follows the batch. */
    @Override
    public Tensor forward(Tensor images, Tensor labels, Statistics statistics) {
        Tensor x = torch.relu_(coarse.forward(torch.relu_(fine.forward(planes.append(images, labels)))));
        Tensor features = x.flatten(1, 3);
        return classify.forward(is_training() ? dropout.apply(features) : features);
    }

    private Extent behindFine() {
        return behind(Extent.image(channels + planes.classes(), side), fine, 1);
    }

    private Extent behindCoarse() {
        return behind(behindFine(), coarse, 2);
    }

    private static Extent behind(Extent before, Conv2dImpl convolution, long stride) {
        try (Tensor weight = convolution.weight()) {
            return before.convolved(Tensors.shape(weight), new long[] {stride, stride}, NO_PADDING);
        }
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        Extent first = behindFine();
        Extent second = behindCoarse();
        rows.add(row("conv0", "convolution, ReLU", first, fine, first.multiplyAdds()));
        rows.add(row(
                "conv1", "convolution, ReLU, dropout", second, coarse, second.multiplyAdds() - first.multiplyAdds()));
        try (Tensor weight = classify.weight()) {
            rows.add(new ModelSummary.Row(
                    "classify", "fully connected", 1, 1, StateDict.parameterCount(classify), side, weight.numel()));
        }
        return new ModelSummary(rows);
    }

    private static ModelSummary.Row row(
            String name, String does, Extent map, Conv2dImpl convolution, long multiplyAdds) {
        return new ModelSummary.Row(
                name,
                does,
                map.channels(),
                map.side(),
                StateDict.parameterCount(convolution),
                map.field(),
                multiplyAdds);
    }

    /** Frees what dropping draws with, not the net. */
    void closeDropout() {
        dropout.close();
    }
}
