package org.lesionforge.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the page under load, by hand on a quiet machine: a log of 100,000 iterations that grows by ten a second. With the class path of the
 * module's tests: {@code java org.lesionforge.monitor.LoadTrial [READERS]} (with Maven: {@code mvn -pl core,monitor test-compile
 * dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=cp.txt}). It prints the seconds until a browser has the first chart and all
 * points, the seconds of processor time per second of the server and the browser while the log grows, and the server's memory and threads with so
 * many readers more (50 unless given).
 */
final class LoadTrial {
    private static final int LINES = 100_000;
    private static final int SECONDS = 20;

    private final Path log;
    private int written;

    private LoadTrial(Path log) {
        this.log = log;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int readers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        Path folder = Files.createTempDirectory("load");
        Path run = folder.resolve("runs/gan");
        MonitorTest.generator(run);
        Files.delete(run.resolve("stats.jsonl"));
        LoadTrial trial = new LoadTrial(run.resolve("stats.jsonl"));
        trial.append(LINES);
        try (Monitor monitor =
                Monitor.start(folder.resolve("runs"), InetAddress.getLoopbackAddress(), 0, Optional.empty())) {
            trial.browser(monitor, folder.resolve("profile"));
            trial.readers(monitor, readers);
        }
    }

    private void append(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            written++;
            double wave = Math.sin(written / 3000.0) + (written * 7919 % 1000) / 1000.0;
            text.append(String.format(
                    Locale.ROOT,
                    "{\"iteration\":%d,\"epoch\":%d,\"loss_d\":%.6f,\"loss_g\":%.6f,\"d_real\":%.6f,\"d_fake\":%.6f,"
                            + "\"gradient_d\":%.6f,\"gradient_g\":%.6f}\n",
                    written,
                    1 + written / 3000,
                    2 + wave,
                    3 - wave,
                    0.7 + wave / 10,
                    0.3 - wave / 10,
                    wave * wave,
                    Math.exp(wave)));
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void browser(Monitor monitor, Path profile) throws Exception {
        Path chromium = Browser.installed().orElseThrow(() -> new IOException("there is no Chromium"));
        try (Browser browser = new Browser(chromium, profile)) {
            long start = System.nanoTime();
            browser.open(monitor.uri() + "#/run/gan");
            require(browser, "document.querySelector('canvas')");
            say("first chart after %.2f s", seconds(start));
            require(
                    browser,
                    "[...document.querySelectorAll('.plot')].some(plot => plot.getAttribute('aria-label')?.includes('loss_d "
                            + browser.evaluate(lastLoss()) + ",'))");
            say("all of %d iterations after %.2f s", LINES, seconds(start));
            Duration server = processor(ProcessHandle.current());
            Duration page = ofBrowser();
            start = System.nanoTime();
            for (int i = 0; i < 10 * SECONDS; i++) {
                append(1);
                Thread.sleep(100);
            }
            double passed = seconds(start);
            say(
                    "while it grows: server %.1f %% of a core",
                    percent(server, processor(ProcessHandle.current()), passed));
            say("while it grows: browser %.1f %% of a core", percent(page, ofBrowser(), passed));
        }
    }

    /** As the page writes it. */
    private String lastLoss() throws IOException {
        String line = LogTail.lastLine(log).orElseThrow();
        return "String(Number(JSON.parse('" + line + "').loss_d.toPrecision(4)))";
    }

    private void readers(Monitor monitor, int count) throws Exception {
        List<Reader> readers = new ArrayList<>();
        Duration before = processor(ProcessHandle.current());
        long start = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                readers.add(new Reader(monitor.uri() + "api/events?log=gan/stats.jsonl&from=" + end(), ""));
            }
            for (int i = 0; i < 10 * SECONDS; i++) {
                append(1);
                Thread.sleep(100);
            }
            say(
                    "%d readers: server and readers together %.1f %% of a core, %d threads, %d MB of heap",
                    count,
                    percent(before, processor(ProcessHandle.current()), seconds(start)),
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("monitor"))
                            .count(),
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    private String end() throws IOException {
        LogTail tail = new LogTail(log, LogPosition.START);
        while (!tail.read().isEmpty()) {
            // To the end.
        }
        return tail.position().toString();
    }

    private static void require(Browser browser, String expression) throws Exception {
        if (!browser.await(expression)) {
            throw new IOException(expression + " did not come: " + browser.errors);
        }
    }

    private static Duration processor(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of all its processes. */
    private static Duration ofBrowser() {
        try (Stream<ProcessHandle> processes = ProcessHandle.current().descendants()) {
            return processes.map(LoadTrial::processor).reduce(Duration.ZERO, Duration::plus);
        }
    }

    private static double percent(Duration from, Duration to, double seconds) {
        return to.minus(from).toMillis() / 10.0 / seconds;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
