package org.lesionforge.generator.zoo.ddpm;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.Sampler;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.StateDict;

/** Denoising diffusion (Ho, Jain and Abbeel 2020, arXiv 2006.11239), drawn by DDIM (Song et al. 2021, arXiv 2010.02502). */
public final class Ddpm implements ModelFamily<DdpmOptions> {
    /** The family. */
    public static final Ddpm FAMILY = new Ddpm();

    private static final String SMALL_DATA = "small-data";

    private Ddpm() {}

    @Override
    public String name() {
        return "ddpm";
    }

    @Override
    public String title() {
        return "DDPM";
    }

    /** Three halvings leave at least 2×2, and one map on the way has the 16×16 places that attention is for. */
    @Override
    public List<Integer> sizes() {
        return List.of(16, 32, 64, 128);
    }

    @Override
    public Class<DdpmOptions> optionsType() {
        return DdpmOptions.class;
    }

    @Override
    public DdpmOptions defaults() {
        return DdpmOptions.DEFAULTS;
    }

    @Override
    public List<Preset<DdpmOptions>> presets() {
        return List.of(
                new Preset<>(
                        Preset.PAPER,
                        GeneratorOptions.DEFAULTS
                                .with()
                                .size(32)
                                .batch(128)
                                .epochs(2000)
                                .snapshotEvery(100)
                                .build(),
                        defaults()),
                new Preset<>(
                        SMALL_DATA,
                        GeneratorOptions.DEFAULTS
                                .with()
                                .size(32)
                                .batch(16)
                                .epochs(300)
                                .snapshotEvery(50)
                                .build(),
                        defaults()
                                .with()
                                .width(32)
                                .learning(1e-3, 200, 0.5)
                                .flips(Flips.BOTH)
                                .ema(10_000, 0.05)
                                .build()));
    }

    @Override
    public boolean conditional(DdpmOptions own) {
        return own.conditional();
    }

    @Override
    public boolean canBeConditional() {
        return true;
    }

    @Override
    public boolean averages(DdpmOptions own) {
        return own.averages();
    }

    /** Raw weights of a net that has an average are not worth the time that drawing by them takes. */
    @Override
    public List<GeneratorWeights> weights(DdpmOptions own) {
        return List.of(own.averages() ? GeneratorWeights.EMA : GeneratorWeights.RAW);
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, DdpmOptions own, Compute compute) {
        return new DdpmModel(common, own, compute);
    }

    static UNet net(GeneratorOptions common, DdpmOptions own, Seed seed, Compute compute) {
        UNet net = net(common, own, seed);
        net.to(compute.device(), false);
        return net;
    }

    private static UNet net(GeneratorOptions common, DdpmOptions own, Seed seed) {
        OptionalInt classes = own.conditional() ? OptionalInt.of(common.classCount()) : OptionalInt.empty();
        return new UNet(common.channels(), common.size(), own.width(), classes, seed);
    }

    @Override
    public Sampler load(GeneratorOptions common, DdpmOptions own, Map<String, Tensor> snapshot, Compute compute) {
        UNet net = net(common, own, new Seed(0));
        try {
            StateDict.load(net, snapshot);
        } catch (RuntimeException e) {
            StateDict.free(net);
            throw e;
        }
        net.to(compute.device(), false);
        return DdpmSampler.of(net, true, common, own, compute);
    }

    @Override
    public GeneratorSummary summary(GeneratorOptions common, DdpmOptions own) {
        UNet net = net(common, own, new Seed(0));
        try {
            ModelSummary layers = net.summary();
            long parameters = layers.parameters() * Float.BYTES;
            return new GeneratorSummary(
                    List.of(new GeneratorSummary.Net("denoiser", "sees", layers)),
                    new GeneratorSummary.Memory(
                            4 * parameters,
                            own.averages() ? parameters : 0,
                            (long) Float.BYTES * common.batch() * net.activations()),
                    // Once forward, twice back.
                    3 * 2 * layers.multiplyAdds() / 1e9);
        } finally {
            StateDict.free(net);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
