package org.lesionforge.torch;

import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.TensorVector;

/** libtorch's own optimisers, with options that mean what they say. */
public final class Optimizers {
    private Optimizers() {}

    /**
     * Adagrad (Duchi et al. 2011) with PyTorch's defaults: no decay, eps 1e-10, accumulator from 0.
     *
     * @param parameters that it moves
     * @param learningRate above 0
     * @return the optimiser
     */
    public static Adagrad adagrad(TensorVector parameters, double learningRate) {
        return new Adagrad(parameters, new AdagradOptions(learningRate));
    }
}
