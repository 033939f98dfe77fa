package org.lesionforge.classifier.recipe;

import org.lesionforge.training.Range;

/**
 * How weights are moved. 0 turns off what can be turned off.
 *
 * @param optimizer what makes a step of a gradient
 * @param weightDecay in each step, times the learning rate, this share of the weights is taken off; at least 0; never of biases and of what normalisation
 *     scales by
 * @param schedule how the learning rate falls
 * @param warmup epochs in which the learning rate rises to its full size, at least 0
 * @param clip longest gradient over all parameters, at least 0; a longer one is shortened to it; 0 for any length
 * @param ema share of the weights' average that is kept in each step, in [0, 1); the average is what is validated and kept; 0 for the weights themselves
 */
public record Optimisation(
        OptimizerKind optimizer, double weightDecay, Schedule schedule, double warmup, double clip, double ema) {
    /** Adagrad and nothing else, as in the paper. */
    public static final Optimisation ADAGRAD = new Optimisation(OptimizerKind.ADAGRAD, 0, Schedule.CONSTANT, 0, 0, 0);

    /**
     * Refuses what no training can be run with.
     *
     * @param optimizer any
     * @param weightDecay at least 0
     * @param schedule any
     * @param warmup at least 0
     * @param clip at least 0
     * @param ema in [0, 1)
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public Optimisation {
        Range.require(isNumber(weightDecay), "the classifier's weight decay", "at least 0", weightDecay);
        Range.require(isNumber(warmup), "the classifier's warm-up", "at least 0 epochs", warmup);
        Range.require(isNumber(clip), "the classifier's gradient norm", "0 for any, or above", clip);
        Range.require(ema >= 0 && ema < 1, "the classifier's average of weights", "in [0, 1)", ema);
    }

    private static boolean isNumber(double value) {
        return value >= 0 && Double.isFinite(value);
    }

    /** {@return how often all weights are held in memory beyond what Adagrad needs: Adam's second moment, the average} */
    public int networks() {
        return (optimizer == OptimizerKind.ADAMW ? 1 : 0) + (ema > 0 ? 1 : 0);
    }
}
