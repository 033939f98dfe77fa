package org.lesionforge.cli.common;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;

/**
 * Ends a long command cleanly on Ctrl-C: cancels the work, which saves its state between two steps and returns; only
 * then the process ends. It must wait, because libtorch's clean-up at exit crashes a step that is still running.
 */
public final class Interruption implements AutoCloseable {
    /** A command's work. */
    @FunctionalInterface
    public interface Work {
        /**
         * @param progress its cancellation is requested on Ctrl-C
         * @return the exit code
         */
        int run(Progress progress) throws IOException;
    }

    private final Progress progress;
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::stop, "stop");

    private Interruption(Progress progress) {
        this.progress = progress;
    }

    /**
     * Runs {@code work}.
     *
     * @param resumption message after stopping: how to resume
     * @return its exit code, or {@link ExitCode#INTERRUPTED}
     */
    public static int guard(CommonOptions common, String resumption, Work work) throws IOException {
        return guard(common, () -> resumption, work);
    }

    /**
     * Runs {@code work}.
     *
     * @param resumption message after stopping, by what is there then: how to resume
     * @return its exit code, or {@link ExitCode#INTERRUPTED}
     */
    public static int guard(CommonOptions common, Supplier<String> resumption, Work work) throws IOException {
        try (Interruption interruption = new Interruption(common.progress())) {
            Runtime.getRuntime().addShutdownHook(interruption.atExit);
            try {
                return work.run(common.progress().cancelledBy(interruption.cancellation));
            } catch (InterruptedRunException e) {
                common.remark(e.getMessage());
                common.remark(resumption.get());
                return ExitCode.INTERRUPTED;
            }
        }
    }

    /** Runs on the thread that ends the process. */
    private void stop() {
        cancellation.request();
        progress.message("stopping after this step ...");
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (!cancellation.isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // Requested after the work was done: the process may end.
            }
        }
        ended.countDown();
    }
}
