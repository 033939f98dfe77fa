package org.lesionforge.cli.common;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;

/**
 * Ends a long command in order on Ctrl-C: the work is told of it between two of its steps, saves what it has to and unwinds, and only then does
 * the process end. It must wait, because libtorch's own clean-up at exit crashes a step that is still running.
 */
public final class Interruption implements Progress, AutoCloseable {
    /** A command's work. */
    @FunctionalInterface
    public interface Work {
        /**
         * @param progress stops the work on Ctrl-C
         * @return the exit code
         */
        int run(Progress progress) throws IOException;
    }

    private final Progress next;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::stop, "stop");
    private volatile boolean asked;

    private Interruption(Progress next) {
        this.next = next;
    }

    /**
     * Runs {@code work}.
     *
     * @param resumption what to say when it was stopped: how to go on
     * @return its exit code, or {@link ExitCode#INTERRUPTED}
     */
    public static int guard(CommonOptions common, String resumption, Work work) throws IOException {
        try (Interruption interruption = new Interruption(common.progress())) {
            Runtime.getRuntime().addShutdownHook(interruption.atExit);
            try {
                return work.run(interruption);
            } catch (InterruptedRunException e) {
                common.remark(e.getMessage());
                common.remark(resumption);
                return ExitCode.INTERRUPTED;
            }
        }
    }

    /** On the thread that ends the process. */
    private void stop() {
        asked = true;
        next.message("stopping after this step ...");
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void advance(String task, long done, long total, String detail) {
        next.advance(task, done, total, detail);
        if (asked) {
            throw new InterruptedRunException("stopped: " + task + " " + done + "/" + total);
        }
    }

    @Override
    public void message(String text) {
        next.message(text);
    }

    @Override
    public void warn(String text) {
        next.warn(text);
    }

    @Override
    public void close() {
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // Asked this very moment, when everything is done: the process may end.
                asked = true;
            }
        }
        ended.countDown();
    }
}
