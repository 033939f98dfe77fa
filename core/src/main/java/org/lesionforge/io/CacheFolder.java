package org.lesionforge.io;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of files that can be made or fetched again: {@code $LESIONFORGE_HOME}, else
 * {@code $XDG_CACHE_HOME/lesionforge}, else {@code ~/.cache/lesionforge}.
 */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@return the folder for this user and environment; it need not exist} */
    public static Path path() {
        return path(System.getenv(), System.getProperty("user.home"));
    }

    static Path path(Map<String, String> environment, String home) {
        String own = environment.getOrDefault("LESIONFORGE_HOME", "");
        if (!own.isEmpty()) {
            try {
                return UserPath.of(own);
            } catch (IllegalArgumentException e) {
                throw new UnusableInputException("LESIONFORGE_HOME: " + e.getMessage(), e);
            }
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification says to ignore a relative path.
        return !cache.isEmpty() && Path.of(cache).isAbsolute()
                ? Path.of(cache, "lesionforge")
                : Path.of(home, ".cache", "lesionforge");
    }
}
