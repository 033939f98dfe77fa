package org.lesionforge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages of the main sources, and classes of these and of the tests, stay small enough to be read at one go. */
final class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_FILES = 30;
    private static final int MOST_LINES = 400;

    @Test
    void noPackageHasMoreThan30Files() throws IOException {
        Map<String, Integer> crowded = new TreeMap<>();
        for (Path sources : sources("main")) {
            for (Path file : files(sources)) {
                crowded.merge(sources.relativize(file.getParent()).toString().replace('\\', '/'), 1, Integer::sum);
            }
        }
        crowded.values().removeIf(count -> count <= MOST_FILES);
        assertEquals(Map.of(), crowded);
    }

    @Test
    void noClassHasMoreThan400Lines() throws IOException {
        Map<Path, Integer> tooLong = new TreeMap<>();
        for (String part : List.of("main", "test")) {
            for (Path sources : sources(part)) {
                for (Path file : files(sources)) {
                    int lines = Files.readAllLines(file).size();
                    if (lines > MOST_LINES) {
                        tooLong.put(ROOT.relativize(file), lines);
                    }
                }
            }
        }
        assertEquals(Map.of(), tooLong);
    }

    /** Of every module, the ones to come too. */
    private static List<Path> sources(String part) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> sources = modules.map(
                            module -> module.resolve("src").resolve(part).resolve("java"))
                    .filter(Files::isDirectory)
                    .toList();
            assertTrue(sources.size() >= 3, sources.toString());
            return sources;
        }
    }

    private static List<Path> files(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
