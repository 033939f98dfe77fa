package org.lesionforge.torch.optim;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;

/**
 * Adagrad (Duchi et al. 2011) with PyTorch's defaults: no decay, eps 1e-10, sums from 0; equal to libtorch's to the last bit.
 *
 * <p>Written out for the reason that {@link Adam} is: a training that resumes needs the sums. Made outside of scopes, as nets are.
 */
public final class Adagrad extends NetOptimizer {
    static final String FUSED = "aten::_fused_adagrad_";

    private static final double EPS = 1e-10;

    /** Of the squares of each parameter's gradients. */
    private final Remembered sums;

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
        super(net, learningRate, fused);
        sums = Remembered.zeros("sum", net);
    }

    /** Moves every parameter that has a gradient. */
    @Override
    void move(Map<String, Tensor> parameters, double rate) {
        parameters.forEach((name, parameter) -> {
            // One parameter's intermediates at a time.
            try (Scope inner = new Scope()) {
                Tensor gradient = parameter.grad();
                if (gradient.defined()) {
                    Tensor sum = sums.of(name);
                    sum.addcmul_(gradient, gradient, new Scalar(1.0));
                    parameter.addcdiv_(gradient, sum.sqrt().add_(new Scalar(EPS)), new Scalar(-rate));
                }
            }
        });
    }

    @Override
    IValue[] arguments(FusedArguments of, double rate, Refusal refusal) {
        return new IValue[] {
            of.parameters(),
            of.gradients(),
            of.remembered(sums),
            of.steps(of.zero()), // they matter to a decay of the learning rate alone
            new IValue(rate),
            new IValue(0.0), // decay of the learning rate
            new IValue(0.0), // weight decay
            new IValue(EPS),
            new IValue(false), // maximising
            new IValue(), // scale of the gradients
            FusedArguments.foundInf(refusal)
        };
    }

    /**
     * What resuming needs, under PyTorch's name.
     *
     * @return {@code sum.NAME} of every parameter, shaped as it, which are the optimiser's own: what is written to them changes it
     */
    @Override
    public Map<String, Tensor> state() {
        return sums.named();
    }

    /** Frees the sums; it is of no use afterwards. */
    @Override
    public void close() {
        sums.close();
    }
}
