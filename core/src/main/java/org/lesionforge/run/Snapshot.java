package org.lesionforge.run;

/**
 * A generator that was kept: as it was after an epoch, by its raw weights or their average.
 *
 * @param epoch from 1
 * @param weights which of the two
 */
public record Snapshot(int epoch, GeneratorWeights weights) {
    /** {@return for messages: {@code epoch 40}, {@code epoch 40 (ema)}} */
    @Override
    public String toString() {
        return "epoch " + epoch + (weights == GeneratorWeights.EMA ? " (ema)" : "");
    }
}
