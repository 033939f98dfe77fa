package org.lesionforge.generator.adversarial.net;

import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** The initial weights of nets, drawn from a generator of their own. */
public final class Initialisation {
    private static final double DEVIATION = 0.02;
    private static final String WEIGHT = ".weight";

    private Initialisation() {}

    /**
     * Draws the weights of a net as Radford et al. do: N(0, 0.02) for convolutions and linear layers, N(1, 0.02) for batch-norm gains, 0 for biases.
     * Gains of a class are 1 and its shifts 0, so that classes begin alike.
     *
     * @param net that is changed; its layers' own weights are replaced
     * @param random what they are drawn with, parameter by parameter
     */
    public static void apply(Module net, Generator random) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            for (Map.Entry<String, Tensor> parameter : StateDict.parameters(net).entrySet()) {
                Tensor values = parameter.getValue();
                String name = parameter.getKey();
                if (name.endsWith("bias") || name.endsWith(ClassNorm.SHIFT + WEIGHT)) {
                    values.zero_();
                } else if (name.endsWith(ClassNorm.GAIN + WEIGHT)) {
                    values.fill_(new Scalar(1));
                } else {
                    double mean = values.dim() == 1 ? 1.0 : 0.0;
                    // Drawn in the order of the indices, whatever the order in memory.
                    Tensor drawn = torch.empty(values.shape());
                    values.copy_(drawn.normal_(mean, DEVIATION, new GeneratorOptional(random)));
                }
            }
        }
    }

    /**
     * Draws the weights of fully connected layers as PyTorch does: weights and biases uniform within ±1/√n, where n is the length of a layer's input;
     * gains of batch norm are 1, its shifts 0.
     *
     * @param net of fully connected layers and batch norm; it is changed
     * @param random what they are drawn with, parameter by parameter
     */
    public static void uniform(Module net, Generator random) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> parameters = StateDict.parameters(net);
            parameters.forEach((name, values) -> {
                Tensor weight = Objects.requireNonNull(parameters.get(name.replaceFirst("bias$", "weight")));
                if (weight.dim() == 2) {
                    double bound = 1 / Math.sqrt((double) weight.size(1));
                    values.uniform_(-bound, bound, new GeneratorOptional(random));
                } else {
                    values.fill_(new Scalar(name.endsWith("bias") ? 0.0 : 1.0));
                }
            });
        }
    }
}
