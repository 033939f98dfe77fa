package org.lesionforge.generator.zoo.dcgan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.DownSampling;
import org.lesionforge.generator.adversarial.net.Initialisation;
import org.lesionforge.generator.adversarial.net.MinibatchStd;
import org.lesionforge.generator.adversarial.net.Projection;
import org.lesionforge.generator.adversarial.net.SpectralNorm;
import org.lesionforge.generator.adversarial.net.StrideTwo;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * DCGAN's discriminator, the generator's mirror image: strided convolutions with LeakyReLU 0.2 and batch norm (none on the first layer),
 * then one logit, to which the class adds its projection where classes are told apart. The sigmoid is part of the loss, where it does not saturate.
 */
public final class DcganDiscriminator extends DiscriminatorNet {
    private final int channels;
    private final List<DownSampling> downs = new ArrayList<>();
    private final boolean showsDeviation;
    private final LinearImpl classify;
    private final Optional<SpectralNorm> classifySpectral;
    private final Optional<Projection> projection;

    /**
     * Makes the net with random weights, on the CPU.
     *
     * @param common with the size and channels of the images
     * @param own with the widths, and whether classes are told apart
     * @param seed of the weights
     */
    public DcganDiscriminator(GeneratorOptions common, DcganOptions own, Seed seed) {
        channels = common.channels();
        Seed vectors = seed.of("spectral norm");
        boolean isSpectral = own.remedies().spectralNorm();
        int before = channels;
        for (int stage = 0; stage < DcganOptions.stages(common.size()); stage++) {
            int next = own.width() << stage;
            downs.add(new DownSampling(this, stage, before, next, new StrideTwo(own.kernel()), isSpectral, vectors));
            before = next;
        }
        showsDeviation = own.remedies().minibatchStd();
        long features = (before + (showsDeviation ? 1 : 0)) * 16L;
        classify = register_module("classify", Layers.linear(features, 1, true));
        classifySpectral = isSpectral
                ? Optional.of(SpectralNorm.register(classify, classify.weight(), vectors.of("classify")))
                : Optional.empty();
        Initialisation.apply(this, Torch.generator(seed));
        projection = own.conditional()
                ? Optional.of(Projection.register(this, before, common.classCount(), isSpectral, seed.of("projection")))
                : Optional.empty();
    }

    @Override
    public Tensor forward(Tensor images, Tensor labels, Statistics statistics) {
        boolean update = statistics == Statistics.UPDATE;
        // Gradients towards images may be part of a loss, as in R1.
        boolean twice = images.requires_grad();
        Tensor x = images;
        for (DownSampling down : downs) {
            x = down.forward(x, update, twice);
        }
        Tensor features = (showsDeviation ? MinibatchStd.append(x) : x).flatten(1, 3);
        Tensor weight = classifySpectral.isPresent() ? classifySpectral.get().weight(update) : classify.weight();
        Tensor logits = torch.linear(features, weight, new TensorOptional(classify.bias()));
        return projection.isPresent() ? logits.add(projection.get().of(x, labels, update)) : logits;
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>();
        int side = 4 << downs.size();
        Extent before = Extent.image(channels, side);
        for (int stage = 0; stage < downs.size(); stage++) {
            DownSampling down = downs.get(stage);
            Extent after = down.extent(before);
            rows.add(new ModelSummary.Row(
                    "down" + stage,
                    down.does(),
                    after.channels(),
                    after.side(),
                    down.parameters(),
                    after.field(),
                    after.multiplyAdds() - before.multiplyAdds()));
            before = after;
        }
        try (Tensor weight = classify.weight()) {
            rows.add(new ModelSummary.Row(
                    "classify",
                    (showsDeviation ? "batch's deviation, " : "") + "fully connected"
                            + (classifySpectral.isPresent() ? ", spectral norm" : "")
                            + (projection.isPresent() ? ", projection of the class" : ""),
                    weight.size(0),
                    1,
                    StateDict.parameterCount(classify)
                            + projection.map(Projection::parameters).orElse(0L),
                    side,
                    weight.numel()));
        }
        return new ModelSummary(rows);
    }

    @Override
    public void addGradients() {
        downs.forEach(DownSampling::addGradient);
    }
}
