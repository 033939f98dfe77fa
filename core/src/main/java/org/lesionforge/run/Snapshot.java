package org.lesionforge.run;

/** A generator that was kept: as it was after an epoch, by its raw weights or their average. */
public record Snapshot(int epoch, GeneratorWeights weights) {
    @Override
    public String toString() {
        return "epoch " + epoch + (weights == GeneratorWeights.EMA ? " (ema)" : "");
    }
}
