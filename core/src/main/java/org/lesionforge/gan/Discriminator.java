package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Torch;

/**
 * DCGAN's discriminator, the generator's mirror image: strided convolutions with LeakyReLU 0.2 and batch norm (none on the first layer),
 * then one logit. The sigmoid is part of the loss, where it does not saturate.
 */
final class Discriminator extends Module {
    /** What a forward pass does to the running statistics of batch norm. */
    enum Statistics {
        UPDATE,
        /** As in the generator's step, which must leave the discriminator as it was. */
        KEEP
    }

    private static final double SLOPE = 0.2;

    private final List<Conv2dImpl> downs = new ArrayList<>();
    private final List<Norm> norms = new ArrayList<>();
    private final LinearImpl classify;

    Discriminator(GanOptions options, Seed seed) {
        int channels = 3;
        for (int stage = 0; stage < options.stages(); stage++) {
            int next = options.width() << stage;
            downs.add(register_module(
                    "down" + stage, Layers.conv(channels, next, options.kernel(), 2, options.padding())));
            if (stage > 0) {
                norms.add(Norm.register(this, "norm" + stage, next));
            }
            channels = next;
        }
        classify = register_module("classify", Layers.linear(channels * 16L, 1, true));
        Initialisation.apply(this, Torch.generator(seed));
    }

    /**
     * @param images n × 3 × size × size in [−1, 1]
     * @return n × 1 logits: positive means "real"
     */
    Tensor forward(Tensor images, Statistics statistics) {
        Tensor x = torch.leaky_relu_(downs.get(0).forward(images), new Scalar(SLOPE));
        for (int stage = 1; stage < downs.size(); stage++) {
            Tensor normed = norms.get(stage - 1).forward(downs.get(stage).forward(x), statistics == Statistics.UPDATE);
            x = torch.leaky_relu_(normed, new Scalar(SLOPE));
        }
        return classify.forward(x.flatten(1, 3));
    }
}
