package org.lesionforge.classifier.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What makes a step of a gradient. */
public enum OptimizerKind {
    /** Adagrad (Duchi et al. 2011), eps 1e-10; weight decay is added to the gradient. */
    ADAGRAD(false),
    /** Stochastic gradient descent with momentum 0.9; weight decay is added to the gradient. */
    SGD(false),
    /** Adam (Kingma and Ba 2015), β 0.9 and 0.999, with weight decay beside the gradient (Loshchilov and Hutter 2017, arXiv 1711.05101). */
    ADAMW(true);

    private final boolean decoupled;

    OptimizerKind(boolean decoupled) {
        this.decoupled = decoupled;
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
