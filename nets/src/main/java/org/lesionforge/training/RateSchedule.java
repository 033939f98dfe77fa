package org.lesionforge.training;

/** How the learning rate changes over a training: a step takes a share of it. */
@FunctionalInterface
public interface RateSchedule {
    /**
     * {@return how much of the learning rate a step takes, in [0, 1]}
     *
     * @param step from 0
     * @param steps of the whole training, more than {@code step}
     */
    double share(long step, long steps);

    /**
     * The same after a warm-up: W steps of it take 1/W, 2/W, … 1 of the rate; this schedule begins with the step after them, for all that are left.
     *
     * @param warmup steps of the warm-up, at least 0
     * @return the whole
     */
    default RateSchedule after(long warmup) {
        return (step, steps) -> step < warmup ? (step + 1.0) / warmup : share(step - warmup, steps - warmup);
    }
}
