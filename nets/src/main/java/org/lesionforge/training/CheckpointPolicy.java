package org.lesionforge.training;

import java.time.Duration;

/**
 * When checkpoints are made and how many are kept. Does not affect the result of training.
 *
 * @param every the most time between checkpoints
 * @param keep how many checkpoints are kept
 */
public record CheckpointPolicy(Duration every, int keep) {
    /** A checkpoint every ten minutes, and the last two kept. */
    public static final CheckpointPolicy DEFAULTS = new CheckpointPolicy(Duration.ofMinutes(10), 2);

    /**
     * Refuses what cannot be kept to.
     *
     * @param every at least 0; with 0 every step is followed by a checkpoint
     * @param keep at least 1
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public CheckpointPolicy {
        if (every.isNegative()) {
            throw new IllegalArgumentException(
                    "the time between checkpoints must be at least 0 minutes, got " + every.toMillis() / 60_000.0);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("checkpoints to keep must be at least 1, got " + keep);
        }
    }
}
