package org.lesionforge.torch.optim;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * Stochastic gradient descent with momentum as PyTorch has it: v ← momentum · v + gradient, from v = 0; parameter ← parameter − rate · v. No dampening, no Nesterov.
 *
 * <p>Written out for the same reason as {@link Adam}: libtorch keeps v where Java cannot reach it. Made outside of scopes, as nets are.
 */
public final class Sgd implements Optimizer {
    static final String FUSED = "aten::_fused_sgd_";

    private final Module net;
    private double learningRate;
    private final DoubleSupplier momentum;
    private final Map<String, Tensor> velocities;
    private final Optional<FusedOperator> fused;

    /**
     * Starts from rest, for every parameter of a net.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     * @param momentum share of the velocity that is kept from step to step, in [0, 1)
     */
    public Sgd(Module net, double learningRate, double momentum) {
        this(net, learningRate, () -> momentum);
    }

    /**
     * Starts from rest, with a momentum that changes over the training.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     * @param momentum asked for at every step: the share of the velocity that is kept, in [0, 1)
     */
    public Sgd(Module net, double learningRate, DoubleSupplier momentum) {
        this(net, learningRate, momentum, FusedOperator.onCard(FUSED, net));
    }

    Sgd(Module net, double learningRate, DoubleSupplier momentum, Optional<FusedOperator> fused) {
        this.net = net;
        this.fused = fused;
        this.learningRate = learningRate;
        this.momentum = momentum;
        velocities = OptimizerState.zeros(net);
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double rate) {
        learningRate = rate;
    }

    @Override
    public void zeroGradients() {
        net.zero_grad(true);
    }

    @Override
    public void step(double share, Refusal refusal) {
        double kept = momentum.getAsDouble();
        // The operator has no velocities without momentum.
        if (fused.isPresent() && kept > 0) {
            step(fused.get(), share, kept, refusal);
        } else if (!refusal.isRaised()) {
            step(share, kept);
        }
    }

    private void step(double share, double kept) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(net).forEach((name, parameter) -> {
                Tensor gradient = parameter.grad();
                if (gradient.defined()) {
                    Tensor velocity = Objects.requireNonNull(velocities.get(name));
                    velocity.mul_(new Scalar(kept)).add_(gradient);
                    parameter.add_(velocity, new Scalar(-share * learningRate));
                }
            });
        }
    }

    private void step(FusedOperator operator, double share, double kept, Refusal refusal) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            FusedArguments of = FusedArguments.of(net);
            operator.call(
                    of.parameters(),
                    of.gradients(),
                    of.remembered(velocities),
                    new IValue(0.0), // weight decay
                    new IValue(kept),
                    new IValue(share * learningRate),
                    new IValue(0.0), // dampening
                    new IValue(false), // Nesterov
                    new IValue(false), // maximising
                    new IValue(false), // a first step, whose velocity is not set yet
                    new IValue(), // scale of the gradients
                    FusedArguments.foundInf(refusal));
        }
    }

    /** {@return {@code momentum_buffer.NAME} of every parameter, shaped as it; what is written to them changes the optimiser} */
    @Override
    public Map<String, Tensor> state() {
        return OptimizerState.named("momentum_buffer", velocities);
    }

    @Override
    public void load(Map<String, Tensor> values) {
        OptimizerState.load(state(), values);
    }

    @Override
    public void close() {
        velocities.values().forEach(Tensor::close);
    }
}
