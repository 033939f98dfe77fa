package org.lesionforge.torch;

import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.TensorVector;

/** Optimisers whose options mean what they say. */
public final class Optimizers {
    private Optimizers() {}

    /** Adam (Kingma and Ba 2015) with eps 1e-8 and no weight decay, on every parameter of {@code net}. */
    public static Adam adam(Module net, double learningRate, double beta1, double beta2) {
        return new Adam(net.parameters(), adamOptions(learningRate, beta1, beta2));
    }

    /** Adam on {@code parameters} alone. */
    public static Adam adam(TensorVector parameters, double learningRate, double beta1, double beta2) {
        return new Adam(parameters, adamOptions(learningRate, beta1, beta2));
    }

    private static AdamOptions adamOptions(double learningRate, double beta1, double beta2) {
        AdamOptions options = new AdamOptions(learningRate);
        // The betas are a std::tuple seen as raw memory. libstdc++ stores tuples in reverse, libc++ and MSVC do not
        // (defaults: 0.9, 0.999).
        long first = options.betas().get(0) < options.betas().get(1) ? 0 : 1;
        options.betas().put(first, beta1).put(1 - first, beta2);
        return options;
    }

    /** Adagrad (Duchi et al. 2011) with PyTorch's defaults: no decay, eps 1e-10, accumulator from 0. */
    public static Adagrad adagrad(TensorVector parameters, double learningRate) {
        return new Adagrad(parameters, new AdagradOptions(learningRate));
    }
}
