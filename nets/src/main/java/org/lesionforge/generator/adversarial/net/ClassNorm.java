package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;

/**
 * Class-conditional batch normalisation (Dumoulin et al. 2017, arXiv 1610.07629; for GANs Miyato and Koyama 2018, arXiv 1802.05637): the statistics
 * are those of all classes together, gains and shifts are of each class: γ(y)·x̂ + β(y). At first γ is 1 and β is 0 for every class.
 *
 * @param layer with the statistics alone
 * @param gains γ, classes × channels
 * @param shifts β, likewise
 * @param owner the net, which knows whether it is being trained
 */
public record ClassNorm(BatchNorm2dImpl layer, EmbeddingImpl gains, EmbeddingImpl shifts, Module owner)
        implements MapNorm {
    /** How the name of the layer of gains ends. */
    static final String GAIN = "_gain";
    /** How the name of the layer of shifts ends. */
    static final String SHIFT = "_shift";

    /**
     * Gives a net a class-conditional batch normalisation: {@code <name>}, {@code <name>_gain}, {@code <name>_shift}. {@link Initialisation} gives the
     * last two their first values.
     *
     * @param owner the net
     * @param name of the layer in it
     * @param channels of its input
     * @param classes that are told apart
     * @return the layers
     */
    public static ClassNorm register(Module owner, String name, long channels, int classes) {
        return new ClassNorm(
                owner.register_module(name, Layers.plainBatchNorm(channels, Norm.EPS)),
                owner.register_module(name + GAIN, Layers.embedding(classes, channels)),
                owner.register_module(name + SHIFT, Layers.embedding(classes, channels)),
                owner);
    }

    @Override
    public Tensor forward(Tensor x, Tensor labels, boolean updateStatistics) {
        boolean training = owner.is_training();
        boolean tracked = updateStatistics || !training;
        Tensor normed = torch.batch_norm(
                x,
                new TensorOptional(),
                new TensorOptional(),
                tracked ? new TensorOptional(layer.running_mean()) : new TensorOptional(),
                tracked ? new TensorOptional(layer.running_var()) : new TensorOptional(),
                training,
                Norm.MOMENTUM,
                Norm.EPS,
                true);
        return torch.addcmul(ofEach(shifts, labels), normed, ofEach(gains, labels));
    }

    private static Tensor ofEach(EmbeddingImpl numbers, Tensor labels) {
        return numbers.forward(labels).unsqueeze(2).unsqueeze(3);
    }

    @Override
    public long parameters() {
        return StateDict.parameterCount(gains) + StateDict.parameterCount(shifts);
    }
}
