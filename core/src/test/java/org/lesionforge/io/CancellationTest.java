package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CancellationTest {
    private final List<String> told = new ArrayList<>();
    private final Cancellation token = new Cancellation();

    private final Progress listener = new Progress() {
        @Override
        public void advance(String task, long done, long total, String detail) {
            told.add(task + " " + done + "/" + total + " " + detail);
        }

        @Override
        public void message(String text) {
            told.add(text);
        }

        @Override
        public void overall(Supplier<String> line) {
            told.add("overall " + line.get());
        }

        @Override
        public void warn(String text) {
            told.add("warned: " + text);
        }
    };

    /** Stands for any work: units until it is told to stop. */
    private static long work(Progress progress, long units) {
        for (long done = 0; done < units; done++) {
            progress.cancellation().throwIfRequested("working", done, units);
            progress.advance("working", done + 1, units, "");
        }
        return units;
    }

    @Test
    void theWorkEndsAfterTheUnitInWhichItWasRequestedAndSaysHowFarItCame() {
        Progress stopping = new ForwardingProgress(listener) {
            @Override
            public void advance(String task, long done, long total, String detail) {
                super.advance(task, done, total, detail);
                if (done == 2) {
                    token.request();
                }
            }
        };
        String message = assertThrows(InterruptedRunException.class, () -> work(stopping.cancelledBy(token), 5))
                .getMessage();
        assertEquals("stopped: working 2/5", message);
        assertEquals(List.of("working 1/5 ", "working 2/5 "), told);
    }

    @Test
    void itIsRequestedFromAnyThreadAndOnceForAll() throws InterruptedException {
        assertFalse(token.isRequested());
        Thread other = new Thread(token::request);
        other.start();
        other.join();
        assertTrue(token.isRequested());
        token.request();
        for (int i = 0; i < 2; i++) {
            assertThrows(InterruptedRunException.class, () -> work(listener.cancelledBy(token), 1));
        }
        assertEquals(List.of(), told);
    }

    @Test
    void aListenerIsToldAndNeverThrows() {
        token.request();
        Progress cancelled = listener.cancelledBy(token);
        assertDoesNotThrow(() -> {
            cancelled.advance("working", 1, 2, "well");
            cancelled.message("a finding");
            cancelled.warn("a danger");
            cancelled.overall(() -> "step 1 of 2");
        });
        assertEquals(
                List.of("working 1/2 well", "a finding", "warned: a danger", "overall step 1 of 2"),
                told,
                "what wraps a listener passes everything on");
    }

    @Test
    void whatWrapsAnotherCarriesItsToken() {
        Progress cancelled = listener.cancelledBy(token);
        assertSame(token, new ForwardingProgress(cancelled) {}.cancellation());
        assertSame(token, Progress.SILENT.cancelledBy(token).cancellation());
    }

    @Test
    void workThatWasStartedWithoutOneRunsToItsEnd() {
        assertEquals(3, work(listener, 3));
        assertSame(Cancellation.NONE, Progress.SILENT.cancellation());
        assertThrows(IllegalStateException.class, Cancellation.NONE::request);
        assertFalse(Cancellation.NONE.isRequested());
    }
}
