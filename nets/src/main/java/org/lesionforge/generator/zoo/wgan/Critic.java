package org.lesionforge.generator.zoo.wgan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * The critic: DCGAN's discriminator with layer norm in place of batch norm. The penalty is on the gradient of each image by itself, which batch norm
 * would make depend on the others (Gulrajani et al. 2017, section 4).
 */
final class Critic extends DiscriminatorNet {
    private final int channels;
    private final List<CriticStage> stages = new ArrayList<>();
    private final LinearImpl judge;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own with the widths
     * @param seed of the weights
     */
    Critic(GeneratorOptions common, WganGpOptions own, Seed seed) {
        channels = common.channels();
        int before = channels;
        int halvings = Integer.numberOfTrailingZeros(common.size()) - 2;
        for (int stage = 0; stage < halvings; stage++) {
            int next = own.width() << stage;
            stages.add(new CriticStage(this, stage, before, next, own.kernel()));
            before = next;
        }
        judge = register_module("judge", Layers.linear(before * 16L, 1, true));
        Initialisation.apply(this, Torch.generator(seed));
    }

    /** Images do not meet: no answer depends on the images beside its own, and nothing follows the batch. */
    @Override
    public Tensor forward(Tensor images, Tensor labels, Statistics statistics) {
        Tensor x = images;
        for (CriticStage stage : stages) {
            x = stage.forward(x);
        }
        return judge.forward(x.flatten(1, 3));
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        int side = 4 << stages.size();
        Extent before = Extent.image(channels, side);
        for (int stage = 0; stage < stages.size(); stage++) {
            Extent after = stages.get(stage).extent(before);
            rows.add(new ModelSummary.Row(
                    "down" + stage,
                    stages.get(stage).does(),
                    after.channels(),
                    after.side(),
                    stages.get(stage).parameters(),
                    after.field(),
                    after.multiplyAdds() - before.multiplyAdds()));
            before = after;
        }
        try (Tensor weight = judge.weight()) {
            rows.add(new ModelSummary.Row(
                    "judge",
                    "fully connected",
                    weight.size(0),
                    1,
                    StateDict.parameterCount(judge),
                    side,
                    weight.numel()));
        }
        return new ModelSummary(rows);
    }
}
