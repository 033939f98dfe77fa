package org.lesionforge.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every view of the page by axe's rules, light and dark, wide and narrow, where there are Chromium and axe-core; skipped elsewhere. */
final class AccessibilityTest {
    /** What an address shows, and by what one sees that it is there. */
    private static final Map<String, String> VIEWS = Map.of(
            "", "document.querySelectorAll('tbody a').length === 3",
            "#/run/one", "document.querySelector('canvas') && document.querySelectorAll('.sheets img').length > 1",
            "#/run/experiment", "document.querySelector('table')",
            "#/overlay/one,two", "document.querySelector('canvas')",
            "#/run/none", "document.querySelector('#link.gone')");

    private static final String FINDINGS = "axe.run().then(found => found.violations.flatMap(rule =>"
            + " rule.nodes.map(node => rule.id + ': ' + node.target + ' ' + node.failureSummary)).join('\\n'))";

    @TempDir
    Path folder;

    @Test
    void axeFindsNothing() throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "there is no Chromium to show the page in");
        String modules = System.getenv("LESIONFORGE_BROWSER_TESTS");
        assumeTrue(modules != null, "LESIONFORGE_BROWSER_TESTS names no node_modules folder with axe-core");
        String axe = Files.readString(Path.of(modules, "axe-core/axe.min.js"));
        Path runs = folder.resolve("runs");
        MonitorTest.generator(runs.resolve("one"));
        MonitorTest.generator(runs.resolve("two"));
        MonitorTest.experiment(runs.resolve("experiment"));
        try (Monitor monitor = Monitor.start(runs, InetAddress.getLoopbackAddress(), 0, Optional.empty());
                Browser browser = new Browser(chromium.get(), folder.resolve("profile"))) {
            for (Map.Entry<String, String> view : VIEWS.entrySet()) {
                browser.open("about:blank");
                browser.open(monitor.uri() + view.getKey());
                assertTrue(browser.await(view.getValue()), view::toString);
                browser.evaluate(axe);
                for (String scheme : List.of("light", "dark")) {
                    browser.call(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
                    for (int width : List.of(1280, 390)) {
                        browser.call(
                                "Emulation.setDeviceMetricsOverride",
                                Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 500));
                        assertEquals("", browser.evaluate(FINDINGS), view.getKey() + " " + scheme + " " + width);
                    }
                }
            }
            assertEquals(List.of(), browser.errors);
        }
    }
}
