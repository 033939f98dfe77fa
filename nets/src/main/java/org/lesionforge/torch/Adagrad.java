package org.lesionforge.torch;

import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adagrad (Duchi et al. 2011) with PyTorch's defaults: no decay, eps 1e-10, sums from 0; equal to libtorch's to the last bit.
 *
 * <p>Written out for the reason that {@link Adam} is: a training that resumes needs the sums. Made outside of scopes, as nets are.
 */
public final class Adagrad implements Optimizer {
    private static final double EPS = 1e-10;

    private final Module net;
    private double learningRate;
    /** Of the squares of each parameter's gradients, laid out in memory as the parameter is. */
    private final Map<String, Tensor> sums;

    /**
     * Starts with sums of 0, for every parameter of a net.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     */
    public Adagrad(Module net, double learningRate) {
        this.net = net;
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
    public double gradientNorm() {
        return Gradients.norm(net);
    }

    @Override
    public void zeroGradients() {
        net.zero_grad(true);
    }

    /** Moves every parameter that has a gradient. */
    void step() {
        step(1);
    }

    @Override
    public void step(double share) {
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
