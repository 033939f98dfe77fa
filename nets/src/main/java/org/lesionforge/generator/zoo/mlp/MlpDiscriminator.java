package org.lesionforge.generator.zoo.mlp;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/** Fully connected layers from the image to 512 and 256 numbers, LeakyReLU 0.2, and to the logits: one, or one for each class and one for "generated". */
final class MlpDiscriminator extends DiscriminatorNet {
    static final double SLOPE = 0.2;

    private static final int[] WIDTHS = {512, 256};

    private final int side;
    private final List<LinearImpl> layers = new ArrayList<>();
    private final LinearImpl judge;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param logits that it answers with
     * @param seed of the weights
     */
    MlpDiscriminator(GeneratorOptions common, int logits, Seed seed) {
        side = common.size();
        long before = (long) common.channels() * side * side;
        for (int i = 0; i < WIDTHS.length; i++) {
            layers.add(register_module("layer" + i, Layers.linear(before, WIDTHS[i], true)));
            before = WIDTHS[i];
        }
        judge = register_module("judge", Layers.linear(before, logits, true));
        Initialisation.uniform(this, Torch.generator(seed));
    }

    /** Nothing in it follows the batch. */
    @Override
    public Tensor forward(Tensor images, Tensor labels, Statistics statistics) {
        Tensor x = images.flatten(1, 3);
        for (LinearImpl layer : layers) {
            x = torch.leaky_relu(layer.forward(x), new Scalar(SLOPE));
        }
        return judge.forward(x);
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            rows.add(row("layer" + i, "fully connected, LeakyReLU", layers.get(i), 0, side));
        }
        rows.add(row("judge", "fully connected", judge, 0, side));
        return new ModelSummary(rows);
    }

    /** @param more parameters, of what belongs to the layer */
    static ModelSummary.Row row(String name, String does, LinearImpl layer, long more, int side) {
        try (Tensor weight = layer.weight()) {
            return new ModelSummary.Row(
                    name, does, weight.size(0), 1, StateDict.parameterCount(layer) + more, side, weight.numel());
        }
    }
}
