package org.lesionforge.torch.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.StateDict;

/**
 * What all fused operators are called with, of the parameters that have a gradient. In the memory of the scope that is open.
 *
 * @param all parameters of the net by name
 * @param names of those that have a gradient
 */
record FusedArguments(Map<String, Tensor> all, List<String> names) {
    static FusedArguments of(Module net) {
        Map<String, Tensor> all = StateDict.parameters(net);
        List<String> names = new ArrayList<>();
        all.forEach((name, parameter) -> {
            if (parameter.grad().defined()) {
                names.add(name);
            }
        });
        return new FusedArguments(all, names);
    }

    IValue parameters() {
        return list(all);
    }

    IValue gradients() {
        return FusedOperator.list(names.stream()
                .map(all::get)
                .map(parameter -> laidOut(Objects.requireNonNull(parameter)))
                .toList());
    }

    /** What is remembered of each parameter that has a gradient. */
    IValue remembered(Remembered tensors) {
        return list(tensors.tensors());
    }

    private IValue list(Map<String, Tensor> byName) {
        return FusedOperator.list(names.stream()
                .map(name -> Objects.requireNonNull(byName.get(name)))
                .toList());
    }

    /** The one count of steps, for each parameter. */
    IValue steps(Tensor count) {
        return FusedOperator.list(Collections.nCopies(names.size(), count));
    }

    /** 0, float32 without dimensions, on the net's device. */
    Tensor zero() {
        Tensor zero = torch.zeros(new long[0]);
        return all.values().stream()
                .findFirst()
                .map(parameter -> zero.to(parameter.device(), ScalarType.Float))
                .orElse(zero);
    }

    static IValue foundInf(Refusal refusal) {
        return refusal.found().map(IValue::new).orElseGet(IValue::new);
    }

    /** The gradient as the parameter lies in memory; itself where it already lies so, as autograd leaves it. */
    private static Tensor laidOut(Tensor parameter) {
        Tensor gradient = parameter.grad();
        for (long d = 0; d < parameter.dim(); d++) {
            if (parameter.size(d) != 1 && parameter.stride(d) != gradient.stride(d)) {
                return torch.empty_like(parameter).copy_(gradient);
            }
        }
        return gradient;
    }
}
