package org.lesionforge.generator.adversarial;

/**
 * A learning rate that falls linearly to 0 at the end of a training.
 *
 * @param over the last share of the iterations; 0: it stays
 */
public record LinearDecay(double over) {
    /** How much of the learning rate a step takes, where {@code left} of the training is left: 1, then falling, to 0 after the last. */
    double share(double left) {
        return left >= over ? 1 : left / over;
    }
}
