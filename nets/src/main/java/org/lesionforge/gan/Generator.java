package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Layers;
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

    /** Of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    void addGradients() {
        ups.forEach(UpSampling::addGradient);
    }
}
