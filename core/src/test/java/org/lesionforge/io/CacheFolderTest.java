package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CacheFolderTest {
    @Test
    void theEnvironmentDecides() {
        Path home = Path.of("/home/a");
        Path xdg = Path.of("/caches").toAbsolutePath();
        Map<String, String> both = Map.of("LESIONFORGE_HOME", "/mine", "XDG_CACHE_HOME", xdg.toString());
        assertEquals(Path.of("/mine"), CacheFolder.path(both, "/home/a"));
        assertEquals(xdg.resolve("lesionforge"), CacheFolder.path(Map.of("XDG_CACHE_HOME", xdg.toString()), "/home/a"));
        Path standard = home.resolve(".cache").resolve("lesionforge");
        assertEquals(standard, CacheFolder.path(Map.of("XDG_CACHE_HOME", "relative"), "/home/a"));
        assertEquals(standard, CacheFolder.path(Map.of("LESIONFORGE_HOME", ""), "/home/a"));
    }
}
