package org.lesionforge.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015) with eps 1e-8 and no weight decay, equal to libtorch's to the last bit.
 *
 * <p>Written out because libtorch's own keeps its moments where Java cannot reach them, and a training that is to resume exactly where it
 * stopped needs them. Made outside of scopes, as nets are.
 */
public final class Adam implements Optimizer {
    private static final double EPS = 1e-8;
    private static final String STEP = "step";

    /** Running means of one parameter's gradient and of its square, laid out in memory as the parameter is. */
    private record Moments(Tensor mean, Tensor square) {}

    private final Module net;
    private final double beta1;
    private final double beta2;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private double learningRate;
    private long steps;

    /**
     * Starts with moments of 0, for every parameter of a net.
     *
     * @param net whose parameters are moved; they stay the net's
     * @param learningRate above 0
     * @param beta1 share of the mean gradient that is kept from step to step, in [0, 1)
     * @param beta2 share of the mean square that is kept, in [0, 1)
     */
    public Adam(Module net, double learningRate, double beta1, double beta2) {
        this.net = net;
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        StateDict.parameters(net).forEach((name, parameter) -> {
            try (Scope scope = new Scope()) {
                moments.put(
                        name,
                        new Moments(scope.keep(torch.zeros_like(parameter)), scope.keep(torch.zeros_like(parameter))));
            }
        });
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
    public double gradientNorm() {
        return Gradients.norm(net);
    }

    /** Moves every parameter; each needs its gradient. */
    void step() {
        step(1);
    }

    @Override
    public void step(double share) {
        steps++;
        double meanCorrection = 1 - Math.pow(beta1, (double) steps);
        double squareCorrection = 1 - Math.pow(beta2, (double) steps);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.parameters(net).forEach((name, parameter) -> {
                Moments own = Objects.requireNonNull(moments.get(name));
                // One parameter's intermediates at a time.
                try (Scope inner = new Scope()) {
                    Tensor gradient = parameter.grad();
                    own.mean.mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
                    own.square.mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
                    Tensor deviation = own.square
                            .sqrt()
                            .div_(new Scalar(Math.sqrt(squareCorrection)))
                            .add_(new Scalar(EPS));
                    parameter.addcdiv_(own.mean, deviation, new Scalar(-share * learningRate / meanCorrection));
                }
            });
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
        state.put(STEP, Tensors.ofLongs(new long[] {steps}, 1));
        moments.forEach((name, own) -> {
            state.put("exp_avg." + name, own.mean);
            state.put("exp_avg_sq." + name, own.square);
        });
        return state;
    }

    @Override
    public void load(Map<String, Tensor> values) {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> own = state();
            OptimizerState.load(own, values);
            steps = Tensors.longs(Objects.requireNonNull(own.get(STEP)))[0];
        }
    }

    /** Frees the moments; it is of no use afterwards. */
    @Override
    public void close() {
        moments.values().forEach(own -> {
            own.mean.close();
            own.square.close();
        });
    }
}
