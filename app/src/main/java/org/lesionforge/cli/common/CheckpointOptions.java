package org.lesionforge.cli.common;

import java.time.Duration;
import org.lesionforge.training.CheckpointPolicy;
import picocli.CommandLine.Option;

/** How often a training is saved; does not affect its result. */
public final class CheckpointOptions {
    @Option(
            names = "--checkpoint-every",
            paramLabel = "MINUTES",
            description = "The most time between checkpoints of a training; every snapshot of a GAN is one too.")
    double minutes = CheckpointPolicy.DEFAULTS.every().toMinutes();

    @Option(
            names = "--keep",
            paramLabel = "N",
            description =
                    "How many checkpoints of a training to keep, and how many snapshots of a GAN beside the best.")
    int keep = CheckpointPolicy.DEFAULTS.keep();

    /** @throws IllegalArgumentException when a value is out of its range */
    public CheckpointPolicy policy() {
        return new CheckpointPolicy(Duration.ofMillis(Math.round(minutes * 60_000)), keep);
    }
}
