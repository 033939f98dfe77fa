package org.lesionforge.training;

/**
 * A learning rate that falls linearly to 0 at the end of a training.
 *
 * @param over the last share of the iterations; 0: it stays
 */
public record LinearDecay(double over) implements RateSchedule {
    @Override
    public double share(long step, long steps) {
        double left = (double) (steps - step) / steps;
        return left >= over ? 1 : left / over;
    }
}
