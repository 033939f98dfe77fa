package org.lesionforge.classifier.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.bytedeco.pytorch.Module;
import org.lesionforge.torch.optim.Adagrad;
import org.lesionforge.torch.optim.Adam;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Sgd;

/** What makes a step of a gradient. */
public enum OptimizerKind {
    /** Adagrad (Duchi et al. 2011), eps 1e-10; weight decay is added to the gradient. */
    ADAGRAD(false),
    /** Stochastic gradient descent with momentum 0.9; weight decay is added to the gradient. */
    SGD(false),
    /** Adam (Kingma and Ba 2015), β 0.9 and 0.999, with weight decay beside the gradient (Loshchilov and Hutter 2017, arXiv 1711.05101). */
    ADAMW(true);

    private static final double MOMENTUM = 0.9;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;

    private final boolean decoupled;

    OptimizerKind(boolean decoupled) {
        this.decoupled = decoupled;
    }

    /**
     * Makes one, which has made no step.
     *
     * @param net whose parameters are moved; outside of scopes, as nets are made
     * @param learningRate above 0
     * @return the optimiser, to be closed by the caller
     */
    public Optimizer of(Module net, double learningRate) {
        return switch (this) {
            case ADAGRAD -> new Adagrad(net, learningRate);
            case SGD -> new Sgd(net, learningRate, MOMENTUM);
            case ADAMW -> new Adam(net, learningRate, BETA_1, BETA_2);
        };
    }

    /** Whether weight decay shrinks the weights by themselves, rather than through the gradient. */
    boolean decoupled() {
        return decoupled;
    }

    /** {@return the name in options and files: {@code adagrad}, {@code sgd}, {@code adamw}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
