package org.lesionforge.torch.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Adam (Kingma and Ba 2015) with eps 1e-8 and no weight decay, equal to libtorch's to the last bit.
 *
 * <p>Written out because libtorch's own keeps its moments where Java cannot reach them, and a training that is to resume exactly where it
 * stopped needs them. Made outside of scopes, as nets are.
 */
public final class Adam extends NetOptimizer {
    static final String FUSED = "aten::_fused_adam_";

    private static final double EPS = 1e-8;
    private static final String STEP = "step";

    private final double beta1;
    private final double beta2;
    /** Running means of each parameter's gradient … */
    private final Remembered means;
    /** … and of its square. */
    private final Remembered squares;
    /** Steps made: float32 without dimensions, on the device of the net, where it is decided whether a step is made. */
    private final Tensor steps;

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
        super(net, learningRate, fused);
        this.beta1 = beta1;
        this.beta2 = beta2;
        means = Remembered.zeros("exp_avg", net);
        squares = Remembered.zeros("exp_avg_sq", net);
        try (Scope scope = new Scope()) {
            steps = scope.keep(FusedArguments.of(net).zero());
        }
    }

    /** Moves every parameter; each needs its gradient. */
    @Override
    void move(Map<String, Tensor> parameters, double rate) {
        steps.add_(new Scalar(1));
        double made = Tensors.item(steps);
        double meanCorrection = 1 - Math.pow(beta1, made);
        double squareCorrection = 1 - Math.pow(beta2, made);
        parameters.forEach((name, parameter) -> {
            Tensor mean = means.of(name);
            Tensor square = squares.of(name);
            // One parameter's intermediates at a time.
            try (Scope inner = new Scope()) {
                Tensor gradient = parameter.grad();
                mean.mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
                square.mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
                Tensor deviation = square.sqrt()
                        .div_(new Scalar(Math.sqrt(squareCorrection)))
                        .add_(new Scalar(EPS));
                parameter.addcdiv_(mean, deviation, new Scalar(-rate / meanCorrection));
            }
        });
    }

    @Override
    IValue[] arguments(FusedArguments of, double rate, Refusal refusal) {
        steps.add_(new Scalar(1));
        refusal.found().ifPresent(steps::sub_);
        return new IValue[] {
            of.parameters(),
            of.gradients(),
            of.remembered(means),
            of.remembered(squares),
            FusedOperator.list(List.of()), // largest squares, of AMSGrad
            of.steps(steps),
            new IValue(rate),
            new IValue(beta1),
            new IValue(beta2),
            new IValue(0.0), // weight decay
            new IValue(EPS),
            new IValue(false), // AMSGrad
            new IValue(false), // maximising
            new IValue(), // scale of the gradients
            FusedArguments.foundInf(refusal)
        };
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
        means.tensors().forEach((parameter, mean) -> {
            state.put(means.name(parameter), mean);
            state.put(squares.name(parameter), squares.of(parameter));
        });
        return state;
    }

    @Override
    public void load(Map<String, Tensor> values) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> own = state();
            copy(values, own);
            steps.copy_(Objects.requireNonNull(own.get(STEP)).squeeze());
        }
    }

    /** Frees the moments; it is of no use afterwards. */
    @Override
    public void close() {
        means.close();
        squares.close();
        steps.close();
    }
}
