package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, where there is Chromium; skipped elsewhere. */
final class PageTest {
    @TempDir
    Path folder;

    private Path log;
    private int written;

    private Monitor start(int port) throws IOException {
        return Monitor.start(folder.resolve("runs"), InetAddress.getLoopbackAddress(), port, Optional.empty());
    }

    /** Lines whose loss is a hundredth of their iteration. */
    private void append(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            written++;
            text.append("{\"iteration\":" + written + ",\"epoch\":1,\"loss_d\":" + written / 100.0 + "}\n");
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String shows(String last) {
        return "document.querySelector('.plot')?.getAttribute('aria-label')?.endsWith(': loss_d " + last + "')";
    }

    private static void assertShows(Browser browser, String expression) throws InterruptedException {
        assertTrue(
                browser.await(expression),
                () -> expression + ": " + browser.errors + browser.evaluate("document.body.innerText"));
    }

    @Test
    void aRunWhileItIsAtWork() throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "there is no Chromium to show the page in");
        Path run = folder.resolve("runs/gan");
        MonitorTest.generator(run);
        log = run.resolve("stats.jsonl");
        Files.delete(log);
        append(300);
        Monitor monitor = start(0);
        int port = URI.create(monitor.uri()).getPort();
        try (Browser browser = new Browser(chromium.get(), folder.resolve("profile"))) {
            browser.open(monitor.uri());
            assertShows(browser, "document.querySelector('tbody a')?.textContent === 'gan'");
            browser.open(monitor.uri() + "#/run/gan");
            assertShows(browser, "document.querySelector('canvas')");
            assertShows(browser, shows("3"));
            assertTrue(browser.evaluate("document.querySelector('.alarm-item').innerText")
                    .contains("gradients"));
            append(25);
            assertShows(browser, shows("3.25"));

            monitor.close();
            append(25);
            assertShows(browser, "document.querySelector('#link').className === 'lost'");
            monitor = start(port);
            assertShows(browser, shows("3.5"));
            // All of them once: the last of twelve rows of the table are where they would be.
            browser.evaluate("document.querySelector('figure details').open = true");
            assertShows(browser, "document.querySelectorAll('figure details tbody tr').length === 12");
            assertEquals(
                    "30,59,88,117,146,175,205,234,263,292,321,350",
                    browser.evaluate(
                            "[...document.querySelectorAll('figure details tbody td:first-child')].map(td => td.textContent)"
                                    + ".join()"));

            List<String> before = Files.readAllLines(log).subList(0, 120);
            Files.write(log, before);
            assertShows(browser, shows("1.2"));

            browser.call(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
            assertShows(browser, "getComputedStyle(document.body).backgroundColor === 'rgb(14, 17, 22)'");
            browser.call(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
            assertShows(browser, "document.documentElement.scrollWidth <= 390");
            assertEquals(List.of(), browser.errors);
        } finally {
            monitor.close();
        }
        try (Stream<Path> files = Files.walk(run)) {
            // Nothing was written to the run.
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
        }
    }
}
