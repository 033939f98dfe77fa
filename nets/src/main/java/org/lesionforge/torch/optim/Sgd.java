package org.lesionforge.torch.optim;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum as PyTorch has it: v ← momentum · v + gradient, from v = 0; parameter ← parameter − rate · v. No dampening, no Nesterov.
 *
 * <p>Written out for the same reason as {@link Adam}: libtorch keeps v where Java cannot reach it. Made outside of scopes, as nets are.
 */
public final class Sgd extends NetOptimizer {
    static final String FUSED = "aten::_fused_sgd_";

    private final DoubleSupplier momentum;
    private final Remembered velocities;

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
        super(net, learningRate, fused);
        this.momentum = momentum;
        velocities = Remembered.zeros("momentum_buffer", net);
    }

    /** The fused one has no velocities without momentum. */
    @Override
    Optional<FusedOperator> operator() {
        return momentum.getAsDouble() > 0 ? super.operator() : Optional.empty();
    }

    /** Moves every parameter that has a gradient. */
    @Override
    void move(Map<String, Tensor> parameters, double rate) {
        double kept = momentum.getAsDouble();
        parameters.forEach((name, parameter) -> {
            Tensor gradient = parameter.grad();
            if (gradient.defined()) {
                Tensor velocity = velocities.of(name);
                velocity.mul_(new Scalar(kept)).add_(gradient);
                parameter.add_(velocity, new Scalar(-rate));
            }
        });
    }

    @Override
    IValue[] arguments(FusedArguments of, double rate, Refusal refusal) {
        return new IValue[] {
            of.parameters(),
            of.gradients(),
            of.remembered(velocities),
            new IValue(0.0), // weight decay
            new IValue(momentum.getAsDouble()),
            new IValue(rate),
            new IValue(0.0), // dampening
            new IValue(false), // Nesterov
            new IValue(false), // maximising
            new IValue(false), // a first step, whose velocity is not set yet
            new IValue(), // scale of the gradients
            FusedArguments.foundInf(refusal)
        };
    }

    /** {@return {@code momentum_buffer.NAME} of every parameter, shaped as it; what is written to them changes the optimiser} */
    @Override
    public Map<String, Tensor> state() {
        return velocities.named();
    }

    @Override
    public void close() {
        velocities.close();
    }
}
