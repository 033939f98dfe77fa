package org.lesionforge.gan;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** A net that tells real images from generated ones. */
abstract class DiscriminatorNet extends Module {
    /** What a forward pass does to what follows the training beside the gradients: running statistics of batch norm, vectors of spectral norm. */
    enum Statistics {
        UPDATE,
        /** As in the generator's step, which must leave the discriminator as it was. */
        KEEP
    }

    /**
     * @param images n × channels × side × side in [−1, 1]; gradients towards them may be part of a loss where they require one
     * @return n × 1 logits: positive means "real"
     */
    abstract Tensor forward(Tensor images, Statistics statistics);

    /** Of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    void addGradients() {}
}
