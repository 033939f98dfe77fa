package org.lesionforge.torch.optim;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * What the optimisers have in common beside their formula: the net, the learning rate, and who makes a step. On a card that is one call of a fused
 * operator, which also leaves it out; on the CPU it is Java, to the last bit as libtorch's own optimisers.
 */
abstract class NetOptimizer implements Optimizer {
    private final Module net;
    private final Optional<FusedOperator> fused;
    private double learningRate;

    /**
     * For every parameter of a net.
     *
     * @param fused makes the steps; empty for Java
     */
    NetOptimizer(Module net, double learningRate, Optional<FusedOperator> fused) {
        this.net = net;
        this.learningRate = learningRate;
        this.fused = fused;
    }

    /**
     * Moves parameters in Java. No gradients are recorded, and a scope is open.
     *
     * @param parameters all of the net's, by name
     * @param rate the learning rate, or a share of it
     */
    abstract void move(Map<String, Tensor> parameters, double rate);

    /** What the fused operator is called with, in its order. What a step changes beside its tensors is changed here, unless it is refused. */
    abstract IValue[] arguments(FusedArguments of, double rate, Refusal refusal);

    /** What makes the next step; empty for Java. */
    Optional<FusedOperator> operator() {
        return fused;
    }

    @Override
    public final double learningRate() {
        return learningRate;
    }

    @Override
    public final void setLearningRate(double rate) {
        learningRate = rate;
    }

    @Override
    public final void zeroGradients() {
        net.zero_grad(true);
    }

    @Override
    public final void step(double share, Refusal refusal) {
        Optional<FusedOperator> operator = operator();
        if (operator.isEmpty() && refusal.isRaised()) {
            return;
        }
        double rate = share * learningRate;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            if (operator.isPresent()) {
                operator.get().call(arguments(FusedArguments.of(net), rate, refusal));
            } else {
                move(StateDict.parameters(net), rate);
            }
        }
    }

    @Override
    public void load(Map<String, Tensor> values) {
        copy(values, state());
    }

    /**
     * Copies what another optimiser remembered.
     *
     * @param own this one's tensors, which are overwritten
     * @throws UnusableInputException when a tensor is missing or of another shape; nothing is then changed
     */
    static void copy(Map<String, Tensor> values, Map<String, Tensor> own) {
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
