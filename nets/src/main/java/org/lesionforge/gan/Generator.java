package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * DCGAN's generator (Radford et al. 2015, Figure 1): a fully connected projection of z to 4×4, then one fractionally-strided convolution
 * per doubling, batch norm and ReLU between them, tanh at the end.
 */
final class Generator extends Module {
    private final int channelsAt4;
    private final LinearImpl project;
    private final List<UpSampling> ups = new ArrayList<>();

    Generator(GanOptions options, Seed seed) {
        channelsAt4 = options.channelsAt4();
        project = register_module("project", Layers.linear(options.latent(), channelsAt4 * 16L, false));
        int channels = channelsAt4;
        for (int stage = 0; stage < options.stages(); stage++) {
            int next = stage == options.stages() - 1 ? 3 : channels / 2;
            ups.add(new UpSampling(this, stage, channels, next, options));
            channels = next;
        }
        Initialisation.apply(this, Torch.generator(seed));
    }

    /**
     * @param z n × latent
     * @return n × 3 × size × size in [−1, 1]
     */
    Tensor forward(Tensor z) {
        Tensor x = project.forward(z).view(z.size(0), channelsAt4, 4, 4).contiguous(MemoryFormat.ChannelsLast);
        for (UpSampling up : ups) {
            x = up.forward(x, is_training());
        }
        return torch.tanh(x);
    }

    /** What it consists of, from z on. */
    ModelSummary summary() {
        List<Extent> maps = new ArrayList<>();
        Extent map = Extent.image(3, 4L << ups.size());
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

    /** Of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    void addGradients() {
        ups.forEach(UpSampling::addGradient);
    }
}
