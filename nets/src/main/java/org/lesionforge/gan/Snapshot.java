package org.lesionforge.gan;

/** A generator that was kept: as it was after an epoch, by its raw weights or their average. */
public record Snapshot(int epoch, Weights weights) {
    @Override
    public String toString() {
        return "epoch " + epoch + (weights == Weights.EMA ? " (ema)" : "");
    }
}
