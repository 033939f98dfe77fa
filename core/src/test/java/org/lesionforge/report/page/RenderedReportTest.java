package org.lesionforge.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.json.Json;
import org.lesionforge.report.FakeRun;
import org.lesionforge.report.GeneratedRun;

/**
 * The page in a browser: at 1280 and 390 pixels, dark, and in print. Needs Chromium, and node with playwright-core and axe-core in the
 * {@code node_modules} folder that {@code LESIONFORGE_BROWSER_TESTS} names; skipped, visibly, without them.
 */
final class RenderedReportTest {
    private static final int SCREEN = 800;
    private static final int MOST_SCREENS = 10;

    @TempDir
    private Path folder;

    @Test
    void pageIsShortAndBothItAndItsFoldedPartsAreAccessible() throws Exception {
        Path modules = modules();
        Path browser = program("chromium", "chromium-browser", "google-chrome");
        Path node = program("node");
        Path small = Report.write(FakeRun.complete(folder.resolve("small")));
        Path large = Report.write(GeneratedRun.write(folder.resolve("large"), new Random(1), 12));
        JsonNode looks = look(node, modules, browser, small, large);
        assertEquals(6, looks.size());
        for (JsonNode look : looks) {
            String where = Path.of(look.get("page").asText()).getParent().getFileName() + " at "
                    + look.get("screen").asText() + ": " + look.toPrettyString();
            boolean narrow = look.get("screen").asText().equals("390");
            int width = narrow ? 390 : 1280;
            for (String faults : List.of("folded", "unfolded", "unmoved", "unprinted", "errors")) {
                assertEquals(0, look.get(faults).size(), faults + " of " + where);
            }
            assertTrue(
                    look.get("width").asInt() <= width && look.get("openWidth").asInt() <= width, where);
            assertTrue(narrow || look.get("height").asInt() <= MOST_SCREENS * SCREEN, where);
            for (JsonNode top : look.get("pictures")) {
                assertTrue(top.asDouble() < SCREEN, where);
            }
            assertTrue(look.get("opened").asBoolean(), where);
            double target = look.get("target").asDouble();
            assertTrue(target >= 0 && target < SCREEN, where);
            double navigation = look.get("navigation").asDouble();
            assertTrue(navigation >= 0 && navigation < 20, where);
        }
    }

    private static Path modules() {
        String named = System.getenv("LESIONFORGE_BROWSER_TESTS");
        assumeTrue(
                named != null
                        && Files.isDirectory(Path.of(named).resolve("playwright-core"))
                        && Files.isRegularFile(Path.of(named).resolve("axe-core/axe.min.js")),
                "needs LESIONFORGE_BROWSER_TESTS to name a node_modules folder with playwright-core and axe-core");
        return Path.of(named);
    }

    /** The first of them on the path. */
    private static Path program(String... names) {
        List<Path> places = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(Path::of)
                .toList();
        Optional<Path> program = Stream.of(names)
                .flatMap(name -> places.stream().map(place -> place.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "needs " + String.join(" or ", names) + " on the path");
        return program.orElseThrow();
    }

    private JsonNode look(Path node, Path modules, Path browser, Path... pages) throws Exception {
        Path script = folder.resolve("rendered.cjs");
        try (InputStream text = RenderedReportTest.class.getResourceAsStream("rendered.cjs")) {
            Files.copy(text, script);
        }
        List<String> command =
                new ArrayList<>(List.of(node.toString(), script.toString(), modules.toString(), browser.toString()));
        Stream.of(pages).map(Path::toString).forEach(command::add);
        Path found = folder.resolve("found.json");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(found.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the browser does not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(errors));
        return Json.readTree(found);
    }
}
