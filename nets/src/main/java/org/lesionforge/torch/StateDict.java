package org.lesionforge.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.UnusableInputException;

/** A net's parameters and buffers by name, as PyTorch names them. */
public final class StateDict {
    private static final int NAMES_IN_A_MESSAGE = 5;

    private StateDict() {}

    /**
     * Parameters, then buffers, in the net's order.
     *
     * @param net with all its inner modules
     * @return the net's own tensors: what is written to them changes it
     */
    public static Map<String, Tensor> of(Module net) {
        Map<String, Tensor> state = parameters(net);
        state.putAll(buffers(net));
        return state;
    }

    /**
     * The parameters alone.
     *
     * @param net with all its inner modules
     * @return the net's own tensors, in its order
     */
    public static Map<String, Tensor> parameters(Module net) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        add(state, net.named_parameters());
        return state;
    }

    /**
     * The buffers alone: what is not learned by gradients, such as batch norm's running statistics.
     *
     * @param net with all its inner modules
     * @return the net's own tensors, in its order
     */
    public static Map<String, Tensor> buffers(Module net) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        add(state, net.named_buffers());
        return state;
    }

    // Iterators over libtorch's dictionaries are not safe from Java; indices are.
    private static void add(Map<String, Tensor> state, StringTensorDict dictionary) {
        for (long i = 0; i < dictionary.size(); i++) {
            var item = dictionary.get(i);
            state.put(item.key().getString(), item.value());
        }
    }

    /**
     * Copies {@code values} into {@code net}, converting types.
     *
     * @param net whose parameters and buffers are overwritten; it stays on its device
     * @param values of every parameter and buffer, by name, on any device
     * @throws UnusableInputException naming the keys when one is missing, unknown or of another shape; the net is then unchanged
     */
    public static void load(Module net, Map<String, Tensor> values) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> state = of(net);
            requireSameKeys(state, values);
            state.forEach((name, tensor) -> {
                long[] shape = Objects.requireNonNull(values.get(name)).shape();
                if (!Arrays.equals(tensor.shape(), shape)) {
                    throw new UnusableInputException("'" + name + "' has shape "
                            + Arrays.toString(shape) + ", the net expects "
                            + Arrays.toString(tensor.shape()));
                }
            });
            state.forEach((name, tensor) -> tensor.copy_(values.get(name)));
        }
    }

    private static void requireSameKeys(Map<String, Tensor> state, Map<String, Tensor> values) {
        TreeSet<String> missing = new TreeSet<>(state.keySet());
        missing.removeAll(values.keySet());
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(state.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new UnusableInputException(
                    "the weights do not fit the net: missing " + some(missing) + ", unknown " + some(unknown));
        }
    }

    /** The first few of them, for a message. */
    private static String some(SortedSet<String> names) {
        List<String> first = names.stream().limit(NAMES_IN_A_MESSAGE).toList();
        int rest = names.size() - first.size();
        return first + (rest > 0 ? " and " + rest + " more" : "");
    }

    /**
     * Sets whether autograd records what the net's parameters do: no gradients are computed for a discriminator that does not learn in the
     * generator's step.
     *
     * @param net all of whose parameters are set
     * @param required whether they are to have gradients
     */
    public static void requireGradients(Module net, boolean required) {
        try (Scope scope = new Scope()) {
            parameters(net).values().forEach(parameter -> parameter.set_requires_grad(required));
        }
    }

    /**
     * Frees the memory of parameters, gradients and buffers, even if something still holds the net or its layers; it is of no use afterwards.
     *
     * <p>Closing a net is not enough: JavaCPP never lets go of the native side of a {@code Module} that is subclassed in Java, not even when
     * the garbage collector takes its Java side.
     *
     * @param net whose tensors are emptied
     */
    public static void free(Module net) {
        net.zero_grad(true);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            of(net).values()
                    .forEach(tensor -> tensor.set_data(
                            torch.empty(new long[] {0}, new TensorOptions(tensor.scalar_type()), null)));
        }
    }

    /**
     * How many numbers the net learns.
     *
     * @param net with all its inner modules
     * @return the elements of all parameters together, without buffers
     */
    public static long parameterCount(Module net) {
        try (Scope scope = new Scope()) {
            return parameters(net).values().stream().mapToLong(Tensor::numel).sum();
        }
    }
}
