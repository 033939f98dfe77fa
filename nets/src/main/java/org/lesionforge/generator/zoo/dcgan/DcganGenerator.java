package org.lesionforge.generator.zoo.dcgan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.generator.adversarial.net.StrideTwo;
import org.lesionforge.generator.adversarial.net.UpSampling;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * DCGAN's generator (Radford et al. 2015, Figure 1): a fully connected projection of z to 4×4, then one fractionally-strided convolution
 * per doubling, batch norm (of each class by itself where classes are told apart) and ReLU between them, tanh at the end.
 */
public final class DcganGenerator extends GeneratorNet {
    private final int channels;
    private final int channelsAt4;
    private final LinearImpl project;
    private final List<UpSampling> ups = new ArrayList<>();

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own with the widths, and whether classes are told apart
     * @param seed of the weights
     */
    public DcganGenerator(GeneratorOptions common, DcganOptions own, Seed seed) {
        channels = common.channels();
        channelsAt4 = own.channelsAt4(common.size());
        project = register_module("project", Layers.linear(own.latent(), channelsAt4 * 16L, false));
        int stages = DcganOptions.stages(common.size());
        OptionalInt classes = own.conditional() ? OptionalInt.of(common.classCount()) : OptionalInt.empty();
        int before = channelsAt4;
        for (int stage = 0; stage < stages; stage++) {
            int next = stage == stages - 1 ? channels : before / 2;
            ups.add(new UpSampling(this, stage, before, next, new StrideTwo(own.kernel()), classes));
            before = next;
        }
        Initialisation.apply(this, Torch.generator(seed));
    }

    @Override
    public Tensor forward(Tensor z, Tensor labels) {
        Tensor x = project.forward(z).view(z.size(0), channelsAt4, 4, 4).contiguous(MemoryFormat.ChannelsLast);
        for (UpSampling up : ups) {
            x = up.forward(x, labels, is_training());
        }
        return torch.tanh(x);
    }

    @Override
    public ModelSummary summary() {
        List<Extent> maps = new ArrayList<>();
        Extent map = Extent.image(channels, 4L << ups.size());
        maps.add(map);
        for (int stage = ups.size() - 1; stage >= 0; stage--) {
            map = ups.get(stage).extent(map);
            maps.add(0, map);
        }
        List<ModelSummary.Row> rows = new ArrayList<>();
        try (Tensor weight = project.weight()) {
            rows.add(row(
                    "project",
                    "fully connected, batch norm, ReLU",
                    maps.get(0),
                    StateDict.parameterCount(project) + ups.get(0).normParameters(),
                    weight.numel()));
        }
        for (int stage = 0; stage < ups.size(); stage++) {
            boolean last = stage == ups.size() - 1;
            rows.add(row(
                    "up" + stage,
                    last ? "transposed convolution, tanh" : "transposed convolution, batch norm, ReLU",
                    maps.get(stage + 1),
                    ups.get(stage).weights() + (last ? 0 : ups.get(stage + 1).normParameters()),
                    maps.get(stage).multiplyAdds() - maps.get(stage + 1).multiplyAdds()));
        }
        return new ModelSummary(rows);
    }

    private static ModelSummary.Row row(String name, String does, Extent map, long parameters, long multiplyAdds) {
        return new ModelSummary.Row(name, does, map.channels(), map.side(), parameters, map.field(), multiplyAdds);
    }

    @Override
    public void addGradients() {
        ups.forEach(UpSampling::addGradient);
    }
}
