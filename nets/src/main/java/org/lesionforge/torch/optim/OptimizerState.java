package org.lesionforge.torch.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** What an optimiser remembers of each parameter, and how it takes up what another of the same net remembered. */
final class OptimizerState {
    private OptimizerState() {}

    /** Zeros for every parameter of a net, laid out in memory as the parameter is; to be closed by the optimiser. */
    static Map<String, Tensor> zeros(Module net) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        StateDict.parameters(net).forEach((name, parameter) -> {
            try (Scope scope = new Scope()) {
                zeros.put(name, scope.keep(torch.zeros_like(parameter)));
            }
        });
        return zeros;
    }

    /** The same tensors as {@code KIND.NAME}. */
    static Map<String, Tensor> named(String kind, Map<String, Tensor> tensors) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(kind + "." + name, tensor));
        return named;
    }

    /**
     * Copies {@code values} into {@code own}.
     *
     * @param own the optimiser's tensors, which are overwritten
     * @throws UnusableInputException when a tensor is missing or of another shape; nothing is then changed
     */
    static void load(Map<String, Tensor> own, Map<String, Tensor> values) {
        own.forEach((name, tensor) -> {
            Tensor value = values.get(name);
            if (value == null || !Arrays.equals(tensor.shape(), value.shape())) {
                throw new UnusableInputException(
                        "the optimiser's '" + name + "' must have shape " + Arrays.toString(tensor.shape()) + ", got "
                                + (value == null ? "nothing" : Arrays.toString(value.shape())));
            }
        });
        try (NoGradGuard noGradient = new NoGradGuard()) {
            own.forEach((name, tensor) -> tensor.copy_(Objects.requireNonNull(values.get(name))));
        }
    }
}
