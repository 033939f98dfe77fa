package org.lesionforge.torch;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;

/** How an optimiser takes up what another of the same net remembered. */
final class OptimizerState {
    private OptimizerState() {}

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
