package org.lesionforge.classifier.recipe;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * The exponential moving average of a network's weights and of its running statistics. After step t, counted from 1, it keeps min(decay, (1 + t) / (10 + t))
 * of itself, as TensorFlow's {@code ExponentialMovingAverage} does, so that it forgets the first weights quickly. A generator's average is another: it counts
 * images, and is a network of its own, since images are drawn from both.
 */
public final class WeightAverage implements AutoCloseable {
    private final double decay;
    private final Map<String, Tensor> average = new LinkedHashMap<>();

    /**
     * Starts with the weights as they are.
     *
     * @param net whose parameters and buffers are averaged
     * @param decay share that is kept in each step in the long run, in (0, 1)
     */
    public WeightAverage(Module net, double decay) {
        this.decay = decay;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.of(net)
                    .forEach((name, tensor) ->
                            average.put(name, scope.keep(tensor.detach().clone())));
        }
    }

    /**
     * Moves the average towards the weights.
     *
     * @param net the one it was made for
     * @param step that has just been made, from 1
     */
    public void update(Module net, long step) {
        double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> live = StateDict.of(net);
            average.forEach((name, own) -> {
                Tensor now = Objects.requireNonNull(live.get(name));
                if (own.is_floating_point()) {
                    own.lerp_(now, new Scalar(1 - kept));
                } else {
                    own.copy_(now);
                }
            });
        }
    }

    /**
     * Exchanges the weights and their average: once to look at the average through the network, once again to train on.
     *
     * @param net the one it was made for
     */
    public void swap(Module net) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> live = StateDict.of(net);
            average.forEach((name, own) -> {
                Tensor theirs = Objects.requireNonNull(live.get(name));
                try (Scope inner = new Scope()) {
                    Tensor before = theirs.clone();
                    theirs.copy_(own);
                    own.copy_(before);
                }
            });
        }
    }

    /** {@return the average's tensors, by the network's names; what is written to them changes it} */
    public Map<String, Tensor> state() {
        return Collections.unmodifiableMap(average);
    }

    /**
     * Takes up what another of the same net came to.
     *
     * @param values as {@link #state} gives them
     * @throws UnusableInputException when a tensor is missing or of another shape; nothing is then changed
     */
    public void load(Map<String, Tensor> values) {
        average.forEach((name, own) -> {
            Tensor value = values.get(name);
            if (value == null || !Arrays.equals(own.shape(), value.shape())) {
                throw new UnusableInputException("the average's '" + name + "' must have shape "
                        + Arrays.toString(own.shape()) + ", got "
                        + (value == null ? "nothing" : Arrays.toString(value.shape())));
            }
        });
        try (NoGradGuard noGradient = new NoGradGuard()) {
            average.forEach((name, own) -> own.copy_(Objects.requireNonNull(values.get(name))));
        }
    }

    /** Frees the average; it is of no use afterwards. */
    @Override
    public void close() {
        average.values().forEach(Tensor::close);
        average.clear();
    }
}
