package org.lesionforge.nn;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What is done to each number behind a convolution. NaN stays NaN. */
public enum Activation {
    /** Nothing. */
    NONE("") {
        @Override
        public void apply(Tensor x) {}
    },

    /** max(x, 0). */
    RELU(", ReLU") {
        @Override
        public void apply(Tensor x) {
            x.relu_();
        }
    },

    /** min(max(x, 0), 6), which MobileNets have (Howard et al. 2017, arXiv 1704.04861). */
    RELU6(", ReLU6") {
        @Override
        public void apply(Tensor x) {
            torch.hardtanh_(x, new Scalar(0), new Scalar(6));
        }
    },

    /** x / (1 + e^−x), which EfficientNets have (Ramachandran et al. 2017, arXiv 1710.05941). */
    SILU(", SiLU") {
        @Override
        public void apply(Tensor x) {
            torch.silu_(x);
        }
    };

    private final String suffix;

    Activation(String suffix) {
        this.suffix = suffix;
    }

    /**
     * Applies it in place.
     *
     * @param x of any shape; its numbers are replaced
     */
    public abstract void apply(Tensor x);

    /** {@return what it adds to the description of a layer, for people: {@code , ReLU}} */
    public String suffix() {
        return suffix;
    }
}
