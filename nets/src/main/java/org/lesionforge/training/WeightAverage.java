package org.lesionforge.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** The exponential moving average of a network's weights and of its running statistics; counters are copied. */
public final class WeightAverage implements AutoCloseable {
    private final AverageDecay decay;
    private final Map<String, Tensor> average = new LinkedHashMap<>();

    private WeightAverage(Module net, AverageDecay decay, UnaryOperator<Tensor> kept) {
        this.decay = decay;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.of(net).forEach((name, tensor) -> average.put(name, scope.keep(kept.apply(tensor.detach()))));
        }
    }

    /**
     * {@return an average in memory of its own, which begins with the weights as they are}
     *
     * @param net whose parameters and buffers are averaged
     * @param decay how quickly it forgets
     */
    public static WeightAverage of(Module net, AverageDecay decay) {
        return new WeightAverage(net, decay, Tensor::clone);
    }

    /**
     * {@return an average in the weights of a second net, through which it can be seen at any time}
     *
     * @param average of the same kind as the one that is trained, on the device where it stays; begins as it is, and remains the caller's
     * @param decay how quickly it forgets
     */
    public static WeightAverage in(Module average, AverageDecay decay) {
        // Detached, it still is the same memory.
        return new WeightAverage(average, decay, UnaryOperator.identity());
    }

    /**
     * Moves the average towards the weights.
     *
     * @param net that is trained
     * @param since what it was trained on since the last update, as the decay counts
     * @param seen what it was trained on since the start, {@code since} included
     */
    public void update(Module net, int since, long seen) {
        double kept = decay.kept(since, seen);
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
     * @param net that is trained
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
