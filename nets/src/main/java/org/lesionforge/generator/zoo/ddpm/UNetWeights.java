package org.lesionforge.generator.zoo.ddpm;

import java.util.List;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/** How a {@link UNet} begins: weights uniform with the variance of Glorot and Bengio (2010), 2 / (fan in + fan out), as in Ho et al.; biases 0. */
final class UNetWeights {
    private UNetWeights() {}

    static void draw(Module net, Seed seed) {
        try (Generator random = Torch.generator(seed);
                Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(net).forEach((name, values) -> {
                if (values.dim() >= 2) {
                    double window = (double) values.numel() / (values.size(0) * values.size(1));
                    double bound = Math.sqrt(6 / ((values.size(0) + values.size(1)) * window));
                    // Drawn in the order of the indices, whatever the order in memory.
                    values.copy_(torch.empty(values.shape()).uniform_(-bound, bound, new GeneratorOptional(random)));
                } else if (name.endsWith("bias")) {
                    values.zero_();
                }
            });
        }
    }

    /** Sets tensors to 0, and closes their handles. */
    static void zero(List<Tensor> tensors) {
        try (NoGradGuard noGradient = new NoGradGuard()) {
            for (Tensor tensor : tensors) {
                tensor.zero_();
                tensor.close();
            }
        }
    }
}
