package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.nn.ModelSummary;

/** A net that tells real images from generated ones. */
public abstract class DiscriminatorNet extends Module {
    /** What a forward pass does to what follows the training beside the gradients: running statistics of batch norm, vectors of spectral norm. */
    public enum Statistics {
        /** They follow the images. */
        UPDATE,
        /** They stay, as in the generator's step, which must leave the discriminator as it was. */
        KEEP
    }

    /** A net without layers yet. */
    protected DiscriminatorNet() {}

    /**
     * Judges images.
     *
     * @param images n × channels × side × side in [−1, 1]; gradients towards them may be part of a loss where they require one
     * @param labels n class indices, of which a net that is not conditional takes no notice
     * @param statistics what happens to running statistics
     * @return n × 1 logits: positive means "real"; n × (classes + 1) of a net that classifies real images too
     */
    public abstract Tensor forward(Tensor images, Tensor labels, Statistics statistics);

    /** {@return what it consists of, from the image on} */
    public abstract ModelSummary summary();

    /** Adds the gradients of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    public void addGradients() {}
}
