package org.lesionforge.cli.common;

import org.jspecify.annotations.Nullable;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** On what a command computes, and with how many threads; use as a {@code @Mixin}. */
public final class ComputeOptions {
    /** Read when the first parallel stream runs; the thread that starts one takes part, and so is not counted. */
    private static final String HELPERS = "java.util.concurrent.ForkJoinPool.common.parallelism";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to compute with; another number can change last digits. Default: one for each core, "
                    + "or $OMP_NUM_THREADS.")
    Integer threads;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    private @Nullable Compute compute;

    /**
     * To be called before anything is computed.
     *
     * @throws ParameterException when it is less than one thread
     */
    public void apply() {
        if (threads == null) {
            return;
        }
        if (threads < 1) {
            throw new ParameterException(command.commandLine(), "--threads must be at least 1, got " + threads);
        }
        System.setProperty(HELPERS, Integer.toString(threads - 1));
        Torch.useThreads(threads);
    }

    /** What this command's nets compute on, one and the same for all of them: the first GPU, else the CPU. The first call loads libtorch. */
    public Compute compute() {
        if (compute == null) {
            compute = Compute.best();
        }
        return compute;
    }
}
