package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.nn.Activation;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;

/**
 * What some layers add to their input (He et al. 2015, arXiv 1512.03385).
 *
 * @param branch the layers
 * @param shortcut brings the input to the branch's size; empty where it has that
 * @param activation of the sum
 */
record Residual(Layer branch, Optional<? extends Layer> shortcut, Activation activation) implements Described {
    @Override
    public Tensor forward(Tensor x) {
        Tensor sum = branch.forward(x);
        if (shortcut.isPresent()) {
            try (Tensor brought = shortcut.get().forward(x)) {
                sum.add_(brought);
            }
        } else {
            sum.add_(x);
        }
        activation.apply(sum);
        return sum;
    }

    @Override
    public String does() {
        return "convolutions, added to their input";
    }

    @Override
    public long parameterCount() {
        return branch.parameterCount() + shortcut.map(Layer::parameterCount).orElse(0L);
    }

    @Override
    public Extent extent(Extent x) {
        return x.added(
                List.of(branch.extent(x), shortcut.map(layer -> layer.extent(x)).orElse(x)));
    }
}
