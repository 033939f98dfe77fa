package org.lesionforge.backbone.zoo;

import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.nn.Extent;
import org.lesionforge.torch.StateDict;

/** Batch normalisation and ReLU before a convolution (He et al. 2016, arXiv 1603.05027), where nothing can be folded. */
record NormedActivation(BatchNorm2dImpl norm) implements Described {
    @Override
    public String does() {
        return "batch norm, ReLU";
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = norm.forward(x);
        y.relu_();
        return y;
    }

    @Override
    public long parameterCount() {
        return StateDict.parameterCount(norm);
    }

    @Override
    public Extent extent(Extent x) {
        return x;
    }
}
