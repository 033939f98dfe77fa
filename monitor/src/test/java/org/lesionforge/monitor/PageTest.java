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
import java.util.ArrayList;
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
            // It has no advice, as a line of another version may have none.
            assertEquals(
                    "gradients, noticed at iteration 2, since 1",
                    browser.evaluate("document.querySelector('.alarm-item').innerText"));
            Files.writeString(
                    run.resolve("alarms.jsonl"),
                    "{\"kind\":\"memorisation\",\"since\":1,\"iteration\":9,\"seen\":\"copies\",\"advice\":\"fewer epochs\"}\n",
                    StandardOpenOption.APPEND);
            assertShows(
                    browser,
                    "[...document.querySelectorAll('.alarm-item')].at(-1)?.innerText.endsWith('Try: fewer epochs')");
            assertShows(
                    browser,
                    "[...document.querySelectorAll('figcaption')].at(-1)?.innerText === 'Generated images beside training images after epoch 2"
                            + " (1 of 1); arrow keys change it. epoch 2: nearest'");
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

    @Test
    void aLongLogIsDrawnFromAnOverviewAndThenWhole() throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "there is no Chromium to show the page in");
        Path run = folder.resolve("runs/gan");
        MonitorTest.generator(run);
        log = run.resolve("stats.jsonl");
        Files.delete(log);
        append(60_000);
        try (Monitor monitor = start(0);
                Browser browser = new Browser(chromium.get(), folder.resolve("profile"))) {
            browser.open(monitor.uri() + "#/run/gan");
            assertShows(browser, "document.querySelector('canvas')");
            assertShows(browser, shows("600"));
            assertShows(browser, "document.querySelector('#link').textContent === 'live'");
            // Every value is there once.
            browser.evaluate("document.querySelector('figure details').open = true");
            assertShows(browser, "document.querySelectorAll('figure details tbody tr').length === 12");
            assertEquals(
                    "5,000 50,10,000 100,15,000 150,20,000 200,25,000 250,30,000 300,35,000 350,40,000 400,45,000 450,50,000 500,"
                            + "55,000 550,60,000 600",
                    browser.evaluate("[...document.querySelectorAll('figure details tbody tr')].map(tr =>"
                            + " [...tr.children].map(td => td.textContent).join(' ')).join()"));
            assertEquals(List.of(), browser.errors);
        }
    }

    /** What has the focus, and whether one sees it. */
    private static final String FOCUS =
            "(() => { const at = document.activeElement; const style = getComputedStyle(at); return at === document.body ? 'nothing'"
                    + " : (at.id || at.getAttribute('aria-label') || at.textContent.trim()).slice(0, 30)"
                    + " + (style.outlineStyle === 'none' ? ', unseen' : ''); })()";

    /** Names of what the tab key comes to, until {@code last}. */
    private static List<String> tabs(Browser browser, String last) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 40 && !places.contains(last); i++) {
            browser.press("Tab");
            places.add(browser.evaluate(FOCUS));
        }
        return places;
    }

    @Test
    void byKeyboardAlone() throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "there is no Chromium to show the page in");
        for (String name : List.of("one", "two")) {
            MonitorTest.generator(folder.resolve("runs/" + name));
        }
        try (Monitor monitor = start(0);
                Browser browser = new Browser(chromium.get(), folder.resolve("profile"))) {
            browser.open(monitor.uri());
            assertShows(browser, "document.querySelectorAll('tbody a').length === 2");
            assertEquals(
                    List.of("To the content", "Lesionforge", "runs", "Runs", "choose-one"),
                    tabs(browser, "choose-one"));
            browser.press(" ");
            assertEquals(List.of("run-one", "choose-two"), tabs(browser, "choose-two"));
            browser.press(" ");
            assertEquals(List.of("run-two", "Lay 2 runs over each other"), tabs(browser, "Lay 2 runs over each other"));
            browser.press("Enter");
            assertShows(browser, "document.querySelector('h1')?.textContent === '2 runs over each other'");
            assertEquals(List.of("one"), tabs(browser, "one"));
            browser.press("Enter");
            assertShows(browser, "document.querySelector('canvas') && document.querySelector('input[type=range]')");
            assertEquals(List.of("Numbers", "epoch: Samples"), tabs(browser, "epoch: Samples"));
            String shown = "document.querySelector('.sheets img').getAttribute('src')";
            assertEquals("files/one/samples/epoch-0010.png", browser.evaluate(shown));
            browser.press("ArrowLeft");
            assertEquals("files/one/samples/epoch-0002.png", browser.evaluate(shown));
            browser.press("ArrowRight");
            assertEquals("files/one/samples/epoch-0010.png", browser.evaluate(shown));
            assertEquals(
                    List.of("epoch: Nearest training images", "other-run", "All of it"), tabs(browser, "All of it"));
            browser.press("Enter");
            assertShows(browser, "document.querySelector('details[open] td')");
            assertEquals(List.of(), browser.errors);
        }
    }
}
