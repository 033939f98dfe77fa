package org.lesionforge.torch.optim;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * Adagrad (Duchi et al. 2011) with PyTorch's defaults: no decay, eps 1e-10, sums from 0; equal to libtorch's to the last bit.
 *
 * <p>Written out for the reason that {@link Adam} is: a training that resumes needs the sums. Made outside of scopes, as nets are.
 */
public final class Adagrad implements Optimizer {
    static final String FUSED = "aten::_fused_adagrad_";

    private static final double EPS = 1e-10;

    private final Module net;
    private double learningRate;
    /** Of the squares of each parameter's gradients, laid out in memory as the parameter is. */
    private final Map<String, Tensor> sums;

    private final Optional<FusedOperator> fused;

    /**
     * Starts with sums of 0, for every parameter of a net.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     */
    public Adagrad(Module net, double learningRate) {
        this(net, learningRate, FusedOperator.onCard(FUSED, net));
    }

    Adagrad(Module net, double learningRate, Optional<FusedOperator> fused) {
        this.net = net;
        this.fused = fused;
        this.learningRate = learningRate;
        sums = OptimizerState.zeros(net);
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

    /** Moves every parameter that has a gradient. */
    void step() {
        step(1, Refusal.NONE);
    }

    @Override
    public void step(double share, Refusal refusal) {
        if (fused.isPresent()) {
            step(fused.get(), share, refusal);
        } else if (!refusal.isRaised()) {
            step(share);
        }
    }

    private void step(double share) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(net).forEach((name, parameter) -> {
                // One parameter's intermediates at a time.
                try (Scope inner = new Scope()) {
                    Tensor gradient = parameter.grad();
                    if (gradient.defined()) {
                        Tensor sum = Objects.requireNonNull(sums.get(name));
                        sum.addcmul_(gradient, gradient, new Scalar(1.0));
                        parameter.addcdiv_(
                                gradient, sum.sqrt().add_(new Scalar(EPS)), new Scalar(-share * learningRate));
                    }
                }
            });
        }
    }

    private void step(FusedOperator operator, double share, Refusal refusal) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            FusedArguments of = FusedArguments.of(net);
            operator.call(
                    of.parameters(),
                    of.gradients(),
                    of.remembered(sums),
                    of.steps(of.zero()), // they matter to a decay of the learning rate alone
                    new IValue(share * learningRate),
                    new IValue(0.0), // decay of the learning rate
                    new IValue(0.0), // weight decay
                    new IValue(EPS),
                    new IValue(false), // maximising
                    new IValue(), // scale of the gradients
                    FusedArguments.foundInf(refusal));
        }
    }

    /**
     * What resuming needs, under PyTorch's name.
     *
     * @return {@code sum.NAME} of every parameter, shaped as it, which are the optimiser's own: what is written to them changes it
     */
    @Override
    public Map<String, Tensor> state() {
        return OptimizerState.named("sum", sums);
    }

    @Override
    public void load(Map<String, Tensor> values) {
        OptimizerState.load(state(), values);
    }

    /** Frees the sums; it is of no use afterwards. */
    @Override
    public void close() {
        sums.values().forEach(Tensor::close);
    }
}
