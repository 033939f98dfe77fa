package org.lesionforge.cli.generator;

import java.time.Duration;
import org.lesionforge.gan.CheckpointPolicy;
import picocli.CommandLine.Option;

/** How often a GAN's training is saved; does not affect its result. */
public final class CheckpointOptions {
    @Option(
            names = "--checkpoint-every",
            paramLabel = "MINUTES",
            description = "The most time between checkpoints of the GAN's training; every snapshot is one too.")
    double minutes = CheckpointPolicy.DEFAULTS.every().toMinutes();

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "How many checkpoints of the GAN's training to keep, and how many snapshots beside the best.")
    int keep = CheckpointPolicy.DEFAULTS.keep();

    /** @throws IllegalArgumentException when a value is out of its range */
    public CheckpointPolicy policy() {
        return new CheckpointPolicy(Duration.ofMillis(Math.round(minutes * 60_000)), keep);
    }
}
