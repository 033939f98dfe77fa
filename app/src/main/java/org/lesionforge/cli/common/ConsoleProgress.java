package org.lesionforge.cli.common;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.lesionforge.io.Printable;
import org.lesionforge.io.Progress;

/**
 * A progress line on stderr: units done, rate, remaining time, and progress of the whole. On a terminal it is
 * overwritten; in a log file a line is added about every ten seconds.
 */
final class ConsoleProgress implements Progress {
    private static final long TERMINAL_INTERVAL = 200_000_000L;
    private static final long LOG_INTERVAL = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean quiet;
    /** Set by the launcher, which can detect whether stderr is a terminal; Java 17 cannot. */
    private final boolean terminal = Boolean.getBoolean("lesionforge.terminal");

    private final Set<String> warned = new HashSet<>();

    private Supplier<String> overall = () -> "";
    private String task = "";
    private long started;
    private long startedAt;
    private long lastShown;
    private int lineLength;

    ConsoleProgress(PrintWriter err) {
        this(err, false);
    }

    /** @param quiet to show only warnings */
    ConsoleProgress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    @Override
    public synchronized void advance(String newTask, long done, long total, String detail) {
        long now = System.nanoTime();
        if (!newTask.equals(task)) {
            task = newTask;
            started = now;
            startedAt = done;
            lastShown = 0;
        }
        boolean finished = done >= total;
        if (quiet) {
            return;
        }
        if (!finished && lastShown != 0 && now - lastShown < (terminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) {
            return;
        }
        lastShown = now;
        show(line(done, total, detail, now - started), finished);
        if (finished) {
            task = "";
        }
    }

    @Override
    public synchronized void overall(Supplier<String> line) {
        overall = line;
    }

    @Override
    public synchronized void message(String text) {
        if (!quiet) {
            show(text, true);
        }
    }

    @Override
    public synchronized void warn(String text) {
        if (warned.add(text)) {
            show("warning: " + text, true);
        }
    }

    private String line(long done, long total, String detail, long nanos) {
        StringBuilder line =
                new StringBuilder(task).append("  ").append(done).append('/').append(total);
        double seconds = nanos / 1e9;
        long steps = done - startedAt;
        if (steps > 0 && seconds > 0.5) {
            double rate = steps / seconds;
            line.append(String.format(Locale.ROOT, "  %.1f/s", rate));
            line.append(done < total ? "  " + clock((total - done) / rate) + " left" : "  in " + clock(seconds));
        }
        for (String more : List.of(detail, overall.get())) {
            line.append(more.isEmpty() ? "" : "  ").append(more);
        }
        return line.toString();
    }

    private void show(String unsafe, boolean keep) {
        String text = Printable.of(unsafe);
        String padding = " ".repeat(Math.max(0, lineLength - text.length()));
        if (terminal) {
            err.print("\r" + text + padding + (keep ? "\n" : ""));
            lineLength = keep ? 0 : text.length();
        } else {
            err.println(text);
        }
        err.flush();
    }

    private static String clock(double seconds) {
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
