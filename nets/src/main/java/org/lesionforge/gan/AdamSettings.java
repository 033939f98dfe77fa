package org.lesionforge.gan;

import org.bytedeco.pytorch.Module;
import org.lesionforge.torch.Adam;

/** How a net is moved: Adam's learning rate and its two shares of what is kept from step to step. */
record AdamSettings(double learningRate, double beta1, double beta2) {
    Adam of(Module net) {
        return new Adam(net, learningRate, beta1, beta2);
    }
}
