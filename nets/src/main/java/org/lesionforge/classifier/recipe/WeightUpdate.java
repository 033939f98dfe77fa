package org.lesionforge.classifier.recipe;

import java.util.List;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Refusal;
import org.lesionforge.training.RateSchedule;

/** What is done with the gradients of a batch: shortened, where they are too long; weights decay; then the optimiser's step, of the schedule's size. */
public final class WeightUpdate {
    /** As PyTorch's {@code clip_grad_norm_} has it, so that gradients of 0 stay 0. */
    private static final double CLIP_EPS = 1e-6;

    private final Module net;
    private final Optimizer optimizer;
    private final Optimisation how;
    private final RateSchedule schedule;
    private final long steps;

    /**
     * Joins the pieces; the optimiser stays its owner's.
     *
     * @param net whose weights are moved
     * @param optimizer of all its parameters
     * @param how with which decay, schedule and longest gradient
     * @param epochs of the training, at least 1
     * @param stepsOfEpoch how many steps each has, at least 1
     */
    public WeightUpdate(Module net, Optimizer optimizer, Optimisation how, int epochs, long stepsOfEpoch) {
        this.net = net;
        this.optimizer = optimizer;
        this.how = how;
        steps = epochs * stepsOfEpoch;
        schedule = how.schedule().after(Math.min(Math.round(how.warmup() * stepsOfEpoch), steps));
    }

    /**
     * Moves the weights, unless a loss or the gradient is not finite: then they, and what the optimiser remembers, stay as they are.
     *
     * @param step which one it is, from 0
     * @param losses that the gradients are of
     * @return whether it was left out, in the memory of the scope that is open
     */
    public Refusal step(long step, List<Tensor> losses) {
        double share = schedule.share(step, steps);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            List<Tensor> parameters = StateDict.parameters(net).values().stream()
                    .filter(parameter -> parameter.grad().defined())
                    .toList();
            Tensor norms = Gradients.norms(net);
            Refusal refusal = Refusal.unlessFinite(losses, norms, Double.MAX_VALUE);
            if (how.clip() > 0) {
                clip(parameters, norms, how.clip());
            }
            if (how.weightDecay() > 0) {
                decay(parameters, share * optimizer.learningRate(), refusal);
            }
            optimizer.step(share, refusal);
            refusal.found().ifPresent(scope::keep);
            return refusal;
        }
    }

    /** Without reading the length from the device: nothing waits for it. */
    private static void clip(List<Tensor> parameters, Tensor norms, double longest) {
        Tensor factor = norms.norm()
                .add_(new Scalar(CLIP_EPS))
                .reciprocal_()
                .mul_(new Scalar(longest))
                .clamp_(new ScalarOptional(), new ScalarOptional(new Scalar(1.0)));
        parameters.forEach(parameter -> parameter.grad().mul_(factor));
    }

    private void decay(List<Tensor> parameters, double rate, Refusal refusal) {
        for (Tensor parameter : parameters) {
            // Matrices and kernels; biases and the scales of normalisation are vectors.
            if (parameter.dim() >= 2) {
                if (how.optimizer().decoupled()) {
                    refusal.multiply(parameter, 1 - rate * how.weightDecay());
                } else {
                    parameter.grad().add_(parameter, new Scalar(how.weightDecay()));
                }
            }
        }
    }
}
