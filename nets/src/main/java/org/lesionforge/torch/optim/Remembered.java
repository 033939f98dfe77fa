package org.lesionforge.torch.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * One tensor that an optimiser remembers of each parameter, such as a mean of its gradients, laid out in memory as the parameter is.
 *
 * @param kind PyTorch's name of it: {@code exp_avg}
 * @param tensors by the parameter's name, in the net's order; the optimiser's own, to be closed by it
 */
record Remembered(String kind, Map<String, Tensor> tensors) implements AutoCloseable {
    /** Zeros for every parameter of a net. */
    static Remembered zeros(String kind, Module net) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.parameters(net)
                    .forEach((name, parameter) -> zeros.put(name, scope.keep(torch.zeros_like(parameter))));
        }
        return new Remembered(kind, zeros);
    }

    Tensor of(String parameter) {
        return Objects.requireNonNull(tensors.get(parameter));
    }

    /** The name that a parameter's tensor has in files: {@code exp_avg.NAME}. */
    String name(String parameter) {
        return kind + "." + parameter;
    }

    /** The same tensors by {@link #name}. */
    Map<String, Tensor> named() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.forEach((parameter, tensor) -> named.put(name(parameter), tensor));
        return named;
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
