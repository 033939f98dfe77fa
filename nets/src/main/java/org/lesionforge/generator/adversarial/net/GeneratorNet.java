package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.nn.ModelSummary;

/** A net that makes images of vectors. */
public abstract class GeneratorNet extends Module {
    /** A net without layers yet. */
    protected GeneratorNet() {}

    /**
     * Makes images.
     *
     * @param z n × latent
     * @param labels n class indices, of which a net that is not conditional takes no notice
     * @return n × channels × side × side in [−1, 1]
     */
    public abstract Tensor forward(Tensor z, Tensor labels);

    /** {@return what it consists of, from z on} */
    public abstract ModelSummary summary();

    /** Adds the gradients of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    public void addGradients() {}
}
