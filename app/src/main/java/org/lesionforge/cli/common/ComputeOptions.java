package org.lesionforge.cli.common;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Torch;
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
            defaultValue = "auto",
            description = "What computes: the first CUDA card or else the CPU, the CPU, or a card by its number. "
                    + "Default: ${DEFAULT-VALUE}.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "auto|float32|tf32|bfloat16",
            defaultValue = "auto",
            description = "Of training; what is measured or predicted is always float32. Default: ${DEFAULT-VALUE}, "
                    + "float32 on the CPU and TF32 on a card.")
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
            compute();
        }
    }

    /** What this command's nets compute on, one and the same for all of them. The first call loads libtorch. */
    public Compute compute() {
        if (compute == null) {
            try {
                compute = Compute.of(device, precision());
            } catch (IllegalArgumentException e) {
                throw wrong("--precision " + precision + ": " + e.getMessage());
            }
        }
        return compute;
    }

    /** Empty for what is usual on the device. */
    private Optional<Precision> precision() {
        if (precision.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Precision.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(precision))
                .findFirst()
                .orElseThrow(() -> wrong("--precision is auto, float32, tf32 or bfloat16, got '" + precision + "'")));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
