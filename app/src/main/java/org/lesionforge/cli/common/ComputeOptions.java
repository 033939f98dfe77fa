package org.lesionforge.cli.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.ComputedKey;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** On what a command computes, and with how many threads; use as a {@code @Mixin}. */
public final class ComputeOptions {
    private static final String AUTO = "auto";

    /** Read when the first parallel stream runs; the thread that starts one takes part, and so is not counted. */
    private static final String HELPERS = "java.util.concurrent.ForkJoinPool.common.parallelism";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to compute with; another number can change last digits. Default: one for each core, "
                    + "or $OMP_NUM_THREADS.")
    Integer threads;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda|cuda:N",
            defaultValue = AUTO,
            showDefaultValue = Visibility.NEVER,
            description = "What computes: the first CUDA card or else the CPU, the CPU, or a card by its number. "
                    + "Default: ${DEFAULT-VALUE}.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "auto|float32|tf32|bfloat16",
            defaultValue = AUTO,
            showDefaultValue = Visibility.NEVER,
            description = "Of training; what is measured or predicted is always float32. Default: ${DEFAULT-VALUE}, "
                    + "bfloat16 on a card that has it, else float32; of a run that is resumed, what it has so far.")
    String precision;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    private @Nullable Compute compute;

    /**
     * To be called before anything is computed.
     *
     * @throws ParameterException when it is less than one thread, or a device or precision that there is not
     * @throws MissingRequirementException when a card was asked for that is not there
     */
    public void apply() {
        if (threads != null) {
            if (threads < 1) {
                throw wrong("--threads must be at least 1, got " + threads);
            }
            System.setProperty(HELPERS, Integer.toString(threads - 1));
            Torch.useThreads(threads);
        }
        if (!Compute.isDevice(device)) {
            throw wrong("--device is auto, cpu, cuda or cuda:N, got '" + device + "'");
        }
        if (!device.equals(AUTO) || precision().isPresent()) {
            // What was asked for by name is looked for before any work.
            made(() -> Compute.of(device, precision()));
        }
    }

    /** What this command's nets compute on, one and the same for all of them. The first call loads libtorch. */
    public Compute compute() {
        if (compute == null) {
            compute = made(() -> Compute.of(device, precision()));
        }
        return compute;
    }

    /**
     * What the nets of a run that is resumed compute on from here: on any device, in the precision that it has so far unless another was asked for.
     *
     * @param before on what it was trained so far; empty where an earlier version did not record it
     * @param progress is told where that is not what a new run would have, or changes
     * @throws MissingRequirementException when the device lacks that precision
     */
    public Compute resumed(Optional<Computed> before, Progress progress) {
        compute = precision().isPresent()
                ? compute()
                : made(() -> Compute.continuing(device, before.map(Computed::precision)));
        before.ifPresent(then -> tell(then, compute().computed(), progress));
        return compute();
    }

    /**
     * As {@link #resumed(Optional, Progress)}, of a run that may not have begun yet.
     *
     * @param config where its {@code config.json} is, or will be
     */
    public Compute resumed(Path config, Progress progress) {
        return Files.exists(config) ? resumed(ComputedKey.read(config), progress) : compute();
    }

    private void tell(Computed before, Computed now, Progress progress) {
        if (before.precision() != now.precision()) {
            progress.warn("this run was computed on " + before.describe() + " so far; it continues on " + now.describe()
                    + (precision().isPresent()
                            ? ", as --precision says"
                            : ", which lacks " + before.precision().word())
                    + ": what it comes to is of both");
        } else if (!before.equals(now)) {
            progress.message("this run was computed on " + before.describe() + " so far; it continues on "
                    + now.describe() + ", and its last digits are those of another device");
        } else if (precision().isEmpty()
                && now.precision() != Compute.of(device, Optional.empty()).precision()) {
            progress.message("this run continues in " + now.precision().word()
                    + ", as it began; another --precision has to be asked for");
        }
    }

    /** Wrong usage where nothing computes so. */
    private Compute made(Supplier<Compute> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw wrong("--precision " + precision + ": " + e.getMessage());
        }
    }

    /** Empty for what is usual on the device. */
    private Optional<Precision> precision() {
        if (precision.equals(AUTO)) {
            return Optional.empty();
        }
        return Precision.named(precision).or(() -> {
            throw wrong("--precision is auto, float32, tf32 or bfloat16, got '" + precision + "'");
        });
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
