package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Work between the console and Ctrl-C; signals to a whole process are in {@code GanResumeCommandTest}. */
final class InterruptionTest {
    private final StringWriter err = new StringWriter();

    @Command(name = "work")
    private static final class Guarded implements Callable<Integer> {
        private final Interruption.Work work;

        @Mixin
        CommonOptions common;

        Guarded(Interruption.Work work) {
            this.work = work;
        }

        @Override
        public Integer call() throws Exception {
            return Interruption.guard(common, "resume with: work", work);
        }
    }

    private int run(Interruption.Work work) {
        return new CommandLine(new Guarded(work)).setErr(new PrintWriter(err)).execute();
    }

    @Test
    void everythingThatTheWorkTellsReachesTheConsole() {
        int code = run(progress -> {
            progress.overall(() -> "step 1 of 2, 5 min left");
            progress.advance("working", 1, 3, "well");
            progress.message("a finding");
            progress.warn("a danger");
            assertFalse(progress.cancellation().isRequested());
            return ExitCode.DONE;
        });
        assertEquals(ExitCode.DONE, code);
        assertEquals(
                "working  1/3  well  step 1 of 2, 5 min left\na finding\nwarning: a danger\n",
                err.toString().replace("\r", ""));
    }

    @Test
    void workThatWasCancelledEndsWithItsMessageAndHowToResume() {
        int code = run(progress -> {
            progress.cancellation().request();
            progress.advance("working", 1, 3, "");
            progress.message("saved");
            progress.cancellation().throwIfRequested("working", 1, 3);
            return ExitCode.DONE;
        });
        assertEquals(ExitCode.INTERRUPTED, code);
        assertTrue(
                err.toString().endsWith("saved\nlesionforge: stopped: working 1/3\nlesionforge: resume with: work\n"),
                err.toString());
    }
}
