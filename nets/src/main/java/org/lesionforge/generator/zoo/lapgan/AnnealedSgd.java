package org.lesionforge.generator.zoo.lapgan;

import org.bytedeco.pytorch.Module;
import org.lesionforge.generator.adversarial.OptimizerSettings;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Sgd;

/**
 * Gradient descent as the authors have it: a momentum that grows and a learning rate that falls from epoch to epoch. Both follow from the epoch alone,
 * so nothing of them is part of a checkpoint.
 */
final class AnnealedSgd implements OptimizerSettings {
    private static final double FIRST_MOMENTUM = 0.5;
    private static final double LAST_MOMENTUM = 0.7;
    private static final double MOMENTUM_STEP = 0.0008;
    private static final double RATE_DIVISOR = 1.000004;

    private final double learningRate;
    private double momentum = FIRST_MOMENTUM;

    /** @param learningRate of the first epoch, above 0 */
    AnnealedSgd(double learningRate) {
        this.learningRate = learningRate;
    }

    /**
     * Sets the momentum of the steps that follow.
     *
     * @param epoch from 0
     */
    void begin(long epoch) {
        momentum = momentum(epoch);
    }

    /** The momentum of an epoch, from 0. */
    static double momentum(long epoch) {
        return Math.min(LAST_MOMENTUM, FIRST_MOMENTUM + MOMENTUM_STEP * epoch);
    }

    /** The share of the learning rate that steps of an epoch take, from 0. */
    static double rateShare(long epoch) {
        return Math.pow(RATE_DIVISOR, (double) -epoch);
    }

    @Override
    public String word() {
        return "sgd";
    }

    @Override
    public Optimizer of(Module net) {
        return new Sgd(net, learningRate, () -> momentum);
    }
}
