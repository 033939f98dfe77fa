package org.lesionforge.cli.common;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.training.CheckpointPolicy;
import picocli.CommandLine.Option;

/** How often a training is saved; does not affect its result. */
public final class CheckpointOptions {
    @Option(
            names = "--checkpoint-every",
            paramLabel = "MINUTES",
            description = "The most time between checkpoints of a training; every snapshot of a GAN is one too. "
                    + "Default: 10.")
    @Nullable
    Double minutes;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description =
                    "How many checkpoints of a training to keep, and how many snapshots of a GAN beside the best. "
                            + "Default: 2.")
    @Nullable
    Integer keep;

    /** @throws IllegalArgumentException when a value is out of its range */
    public CheckpointPolicy policy() {
        CheckpointPolicy usual = CheckpointPolicy.DEFAULTS;
        return new CheckpointPolicy(
                minutes == null ? usual.every() : Duration.ofMillis(Math.round(minutes * 60_000)),
                keep == null ? usual.keep() : keep);
    }

    /** Names of the options that are given. */
    public List<String> given() {
        List<String> given = new ArrayList<>();
        if (minutes != null) {
            given.add("--checkpoint-every");
        }
        if (keep != null) {
            given.add("--keep");
        }
        return given;
    }
}
