package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Layers;
import org.lesionforge.torch.StateDict;

/**
 * Batch normalisation whose running statistics are updated only on request: with libtorch's own layer a forward pass of the discriminator
 * in the generator's step would change the discriminator.
 *
 * @param layer with the gains, the shifts and the statistics
 * @param owner the net, which knows whether it is being trained
 */
public record Norm(BatchNorm2dImpl layer, Module owner) implements MapNorm {
    static final double EPS = 1e-5;
    /** How far the running statistics move towards those of a batch. */
    public static final double MOMENTUM = 0.1;

    /**
     * Gives a net a batch normalisation.
     *
     * @param owner the net
     * @param name of the layer in it
     * @param channels of its input
     * @return the layer
     */
    public static Norm register(Module owner, String name, long channels) {
        return new Norm(owner.register_module(name, Layers.batchNorm(channels, EPS)), owner);
    }

    /**
     * Normalises by the batch while the net trains, by the running statistics while it does not.
     *
     * @param x n × channels × height × width
     * @param updateStatistics whether the running statistics follow the batch
     * @return shaped as {@code x}
     */
    public Tensor forward(Tensor x, boolean updateStatistics) {
        boolean training = owner.is_training();
        boolean tracked = updateStatistics || !training;
        return torch.batch_norm(
                x,
                new TensorOptional(layer.weight()),
                new TensorOptional(layer.bias()),
                tracked ? new TensorOptional(layer.running_mean()) : new TensorOptional(),
                tracked ? new TensorOptional(layer.running_var()) : new TensorOptional(),
                training,
                MOMENTUM,
                EPS,
                true);
    }

    /** The same for every label. */
    @Override
    public Tensor forward(Tensor x, Tensor labels, boolean updateStatistics) {
        return forward(x, updateStatistics);
    }

    @Override
    public long parameters() {
        return StateDict.parameterCount(layer);
    }
}
