package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Module;
import org.lesionforge.torch.optim.Adam;

/**
 * How a net is moved by Adam.
 *
 * @param learningRate above 0
 * @param beta1 share of the mean gradient that is kept from step to step, in [0, 1)
 * @param beta2 share of the mean square that is kept, in [0, 1)
 */
public record AdamSettings(double learningRate, double beta1, double beta2) implements OptimizerSettings {
    @Override
    public String word() {
        return "adam";
    }

    @Override
    public Adam of(Module net) {
        return new Adam(net, learningRate, beta1, beta2);
    }
}
