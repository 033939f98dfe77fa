package org.lesionforge.generator.zoo.mlp;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.generator.adversarial.net.Norm;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * Fully connected layers from z to 128, 256, 512, 1024 numbers and to the image: batch norm on all of them but the first and the last, LeakyReLU 0.2,
 * tanh at the end.
 *
 * <p>Batch norm adds 1e-5 to the variance. Much code of this GAN adds 0.8, which was meant as a momentum and came to stand in its place; that mutes
 * whatever varies less than this.
 */
final class MlpGenerator extends GeneratorNet {
    private static final int[] WIDTHS = {128, 256, 512, 1024};

    private final int channels;
    private final int side;
    private final List<LinearImpl> layers = new ArrayList<>();
    /** Of each layer but the first. */
    private final List<Norm> norms = new ArrayList<>();

    private final LinearImpl paint;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own with the length of z
     * @param seed of the weights
     */
    MlpGenerator(GeneratorOptions common, MlpOptions own, Seed seed) {
        channels = common.channels();
        side = common.size();
        int before = own.latent();
        for (int i = 0; i < WIDTHS.length; i++) {
            layers.add(register_module("layer" + i, Layers.linear(before, WIDTHS[i], true)));
            if (i > 0) {
                norms.add(Norm.register(this, "norm" + i, WIDTHS[i]));
            }
            before = WIDTHS[i];
        }
        paint = register_module("paint", Layers.linear(before, (long) channels * side * side, true));
        Initialisation.uniform(this, Torch.generator(seed));
    }

    @Override
    public Tensor forward(Tensor z, Tensor labels) {
        Tensor x = z;
        for (int i = 0; i < layers.size(); i++) {
            Tensor y = layers.get(i).forward(x);
            x = torch.leaky_relu(
                    i == 0 ? y : norms.get(i - 1).forward(y, is_training()), new Scalar(MlpDiscriminator.SLOPE));
        }
        return torch.tanh(paint.forward(x)).view(z.size(0), channels, side, side);
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            rows.add(MlpDiscriminator.row(
                    "layer" + i,
                    i == 0 ? "fully connected, LeakyReLU" : "fully connected, batch norm, LeakyReLU",
                    layers.get(i),
                    i == 0 ? 0 : StateDict.parameterCount(norms.get(i - 1).layer()),
                    side));
        }
        try (Tensor weight = paint.weight()) {
            rows.add(new ModelSummary.Row(
                    "paint",
                    "fully connected, tanh",
                    channels,
                    side,
                    StateDict.parameterCount(paint),
                    side,
                    weight.numel()));
        }
        return new ModelSummary(rows);
    }
}
