package org.lesionforge.torch.optim;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorHandleOptional;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.global.torch.DispatchKey;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * One of libtorch's operators that move all parameters of a net in one call. Its interface for C++ has no functions for them: they are called by name, with
 * a stack of arguments.
 *
 * <p>They read memory without looking at strides: whatever belongs to a parameter must lie in memory as the parameter does.
 */
final class FusedOperator {
    private final OperatorHandle handle;

    private FusedOperator(OperatorHandle handle) {
        this.handle = handle;
    }

    /**
     * The operator for a net on a card. On the CPU steps are those of Java, to the last bit.
     *
     * @param name {@code aten::_fused_adam_}
     * @return empty for a net on the CPU, and where libtorch has none for cards
     */
    static Optional<FusedOperator> onCard(String name, Module net) {
        try (Scope scope = new Scope()) {
            boolean onCard = StateDict.parameters(net).values().stream().anyMatch(Tensor::is_cuda);
            return onCard
                    ? find(name).filter(found -> found.handle.hasKernelForDispatchKey(DispatchKey.CUDA))
                    : Optional.empty();
        }
    }

    /** The operator, on whatever devices it computes. */
    static Optional<FusedOperator> find(String name) {
        Torch.load();
        try (Scope scope = new Scope()) {
            OperatorHandleOptional found = Dispatcher.singleton().findSchema(new OperatorName(name, ""));
            return found.has_value()
                    ? Optional.of(new FusedOperator(Scope.own(new OperatorHandle(found.get()))))
                    : Optional.empty();
        }
    }

    /** Calls it, in a scope. */
    void call(IValue... arguments) {
        handle.callBoxed(new IValueVector(arguments));
    }

    /** Tensors as an argument. */
    static IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(new TensorList().elementType());
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return new IValue(list);
    }
}
