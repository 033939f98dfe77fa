package org.lesionforge.torch.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * Adam (Kingma and Ba 2015) with eps 1e-8 and no weight decay, equal to libtorch's to the last bit.
 *
 * <p>Written out because libtorch's own keeps its moments where Java cannot reach them, and a training that is to resume exactly where it
 * stopped needs them. Made outside of scopes, as nets are.
 */
public final class Adam implements Optimizer {
    static final String FUSED = "aten::_fused_adam_";

    private static final double EPS = 1e-8;
    private static final String STEP = "step";

    private final Module net;
    private final double beta1;
    private final double beta2;
    /** Running means of each parameter's gradient … */
    private final Map<String, Tensor> means;
    /** … and of its square. */
    private final Map<String, Tensor> squares;
    /** Steps made: float32 without dimensions, on the device of the net, where it is decided whether a step is made. */
    private final Tensor steps;

    private final Optional<FusedOperator> fused;
    private double learningRate;

    /**
     * Starts with moments of 0, for every parameter of a net.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     * @param beta1 share of the mean gradient that is kept from step to step, in [0, 1)
     * @param beta2 share of the mean square that is kept, in [0, 1)
     */
    public Adam(Module net, double learningRate, double beta1, double beta2) {
        this(net, learningRate, beta1, beta2, FusedOperator.onCard(FUSED, net));
    }

    Adam(Module net, double learningRate, double beta1, double beta2, Optional<FusedOperator> fused) {
        this.net = net;
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.fused = fused;
        means = OptimizerState.zeros(net);
        squares = OptimizerState.zeros(net);
        try (Scope scope = new Scope()) {
            steps = scope.keep(FusedArguments.of(net).zero());
        }
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

    /** Moves every parameter; each needs its gradient. */
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
            steps.add_(new Scalar(1));
            double made = Tensors.item(steps);
            double meanCorrection = 1 - Math.pow(beta1, made);
            double squareCorrection = 1 - Math.pow(beta2, made);
            StateDict.parameters(net).forEach((name, parameter) -> {
                Tensor mean = Objects.requireNonNull(means.get(name));
                Tensor square = Objects.requireNonNull(squares.get(name));
                // One parameter's intermediates at a time.
                try (Scope inner = new Scope()) {
                    Tensor gradient = parameter.grad();
                    mean.mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
                    square.mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
                    Tensor deviation = square.sqrt()
                            .div_(new Scalar(Math.sqrt(squareCorrection)))
                            .add_(new Scalar(EPS));
                    parameter.addcdiv_(mean, deviation, new Scalar(-share * learningRate / meanCorrection));
                }
            });
        }
    }

    private void step(FusedOperator operator, double share, Refusal refusal) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            FusedArguments of = FusedArguments.of(net);
            steps.add_(new Scalar(1));
            refusal.found().ifPresent(steps::sub_);
            operator.call(
                    of.parameters(),
                    of.gradients(),
                    of.remembered(means),
                    of.remembered(squares),
                    FusedOperator.list(List.of()), // largest squares, of AMSGrad
                    of.steps(steps),
                    new IValue(share * learningRate),
                    new IValue(beta1),
                    new IValue(beta2),
                    new IValue(0.0), // weight decay
                    new IValue(EPS),
                    new IValue(false), // AMSGrad
                    new IValue(false), // maximising
                    new IValue(), // scale of the gradients
                    FusedArguments.foundInf(refusal));
        }
    }

    /**
     * What resuming needs, under PyTorch's names.
     *
     * @return {@code exp_avg.NAME} and {@code exp_avg_sq.NAME} of every parameter, shaped as it, which are the optimiser's own: what is written to
     *     them changes it; and {@code step}, one int64
     */
    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(STEP, steps.to(ScalarType.Long).view(1));
        means.forEach((name, mean) -> {
            state.put("exp_avg." + name, mean);
            state.put("exp_avg_sq." + name, Objects.requireNonNull(squares.get(name)));
        });
        return state;
    }

    @Override
    public void load(Map<String, Tensor> values) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> own = state();
            OptimizerState.load(own, values);
            steps.copy_(Objects.requireNonNull(own.get(STEP)).squeeze());
        }
    }

    /** Frees the moments; it is of no use afterwards. */
    @Override
    public void close() {
        means.values().forEach(Tensor::close);
        squares.values().forEach(Tensor::close);
        steps.close();
    }
}
