package org.lesionforge.gan;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** A net that makes images of vectors. */
abstract class GeneratorNet extends Module {
    /**
     * @param z n × latent
     * @return n × channels × side × side in [−1, 1]
     */
    abstract Tensor forward(Tensor z);

    /** Of weights whose gradient autograd does not take; after each backward pass, in its scope. */
    void addGradients() {}
}
