package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.Torch;
import org.lesionforge.torch.WideConvolution;

/**
 * DCGAN's generator (Radford et al. 2015, Figure 1): a fully connected projection of z to 4×4, then one fractionally-strided convolution
 * per doubling, batch norm and ReLU between them, tanh at the end.
 */
final class Generator extends Module {
    private final int channelsAt4;
    private final LinearImpl project;
    private final List<Norm> norms = new ArrayList<>();
    private final List<ConvTranspose2dImpl> ups = new ArrayList<>();
    private final Map<Integer, WideConvolution> wide = new HashMap<>();

    Generator(GanOptions options, Seed seed) {
        channelsAt4 = options.channelsAt4();
        project = register_module("project", Layers.linear(options.latent(), channelsAt4 * 16L, false));
        int channels = channelsAt4;
        for (int stage = 0; stage < options.stages(); stage++) {
            int next = stage == options.stages() - 1 ? 3 : channels / 2;
            norms.add(Norm.register(this, "norm" + stage, channels));
            ups.add(register_module(
                    "up" + stage,
                    Layers.transposedConv(
                            channels, next, options.kernel(), 2, options.padding(), options.outputPadding())));
            Layers.useChannelsLast(ups.get(stage).weight());
            if (WideConvolution.pays(ups.get(stage).weight())) {
                wide.put(
                        stage,
                        WideConvolution.up(ups.get(stage).weight(), 2, options.padding(), options.outputPadding()));
            }
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
        for (int stage = 0; stage < ups.size(); stage++) {
            Tensor activated = torch.relu_(norms.get(stage).forward(x, is_training()));
            x = wide.containsKey(stage)
                    ? wide.get(stage).forward(activated)
                    : ups.get(stage).forward(activated);
        }
        return torch.tanh(x);
    }

    /** Of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    void addGradients() {
        wide.values().forEach(WideConvolution::addGradient);
    }
}
