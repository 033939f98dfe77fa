package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConsoleProgressTest {
    private final StringWriter err = new StringWriter();

    @AfterEach
    void noTerminal() {
        System.clearProperty("lesionforge.terminal");
    }

    private ConsoleProgress progress() {
        return new ConsoleProgress(new PrintWriter(err));
    }

    @Test
    void aLogGetsTheFirstAndTheLastLineOfAShortTask() {
        ConsoleProgress progress = progress();
        for (int i = 1; i <= 100; i++) {
            progress.advance("training", i, 100, "loss " + i);
        }
        progress.message("done");
        assertEquals(
                List.of("training  1/100  loss 1", "training  100/100  loss 100", "done"),
                err.toString().lines().toList());
    }

    @Test
    void howFarTheWholeIsStandsBesideEveryTask() {
        ConsoleProgress progress = progress();
        progress.overall(() -> "step 3 of 6, 12 min left");
        progress.advance("training", 1, 3, "loss 1");
        progress.message("found");
        progress.overall(() -> "");
        progress.advance("drawing", 1, 3, "");
        assertEquals(
                List.of("training  1/3  loss 1  step 3 of 6, 12 min left", "found", "drawing  1/3"),
                err.toString().lines().toList());
    }

    @Test
    void anotherTaskIsShownAtOnce() {
        ConsoleProgress progress = progress();
        progress.advance("first", 1, 3, "");
        progress.advance("second", 1, 3, "");
        progress.advance("second", 2, 3, "");
        assertEquals(
                List.of("first  1/3", "second  1/3"), err.toString().lines().toList());
    }

    @Test
    void rateAndRemainingTimeComeWithTime() throws InterruptedException {
        System.setProperty("lesionforge.terminal", "true");
        ConsoleProgress progress = progress();
        progress.advance("drawing", 0, 100, "");
        Thread.sleep(600);
        progress.advance("drawing", 50, 100, "");
        String shown = err.toString();
        assertTrue(shown.matches("(?s)\\rdrawing  0/100\\rdrawing  50/100  \\d+\\.\\d/s  0:0\\d left"), shown);
    }

    @Test
    void afterAResumptionTheRateIsThatOfThisStart() throws InterruptedException {
        System.setProperty("lesionforge.terminal", "true");
        ConsoleProgress progress = progress();
        progress.advance("training", 900, 1000, "");
        Thread.sleep(1000);
        progress.advance("training", 910, 1000, "");
        Matcher rate = Pattern.compile("910/1000  (\\d+\\.\\d)/s").matcher(err.toString());
        assertTrue(rate.find(), err.toString());
        assertTrue(Double.parseDouble(rate.group(1)) <= 10, "ten in at least a second: " + rate.group());
    }

    @Test
    void onATerminalAShorterLineCoversALongerOne() {
        System.setProperty("lesionforge.terminal", "true");
        ConsoleProgress progress = progress();
        progress.advance("task", 1, 2, "a long detail");
        progress.message("short");
        assertEquals("\rtask  1/2  a long detail\rshort" + " ".repeat(19) + "\n", err.toString());
    }
}
