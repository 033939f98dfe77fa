package org.lesionforge.io;

import java.nio.file.Path;
import java.util.Map;

/**
 * Paths as users write them: {@code ~} is the home folder, {@code ~/x} is in it. Shells expand {@code ~} after a space,
 * but not after {@code --out=}, and not in a file of settings.
 */
public final class UserPath {
    private UserPath() {}

    /**
     * {@return the path that a text means}
     *
     * @param text as a person wrote it
     * @throws IllegalArgumentException when it is in the home folder of another user
     */
    public static Path of(String text) {
        return Path.of(expand(text));
    }

    /**
     * The same path with the home folder in place of {@code ~}.
     *
     * @param text as a person wrote it
     * @return an absolute path for {@code ~}, any other text as it is
     * @throws IllegalArgumentException when it is in the home folder of another user
     */
    public static String expand(String text) {
        return expand(text, System.getenv(), System.getProperty("user.home"));
    }

    static String expand(String text, Map<String, String> environment, String accountHome) {
        if (!text.startsWith("~")) {
            return text;
        }
        if (text.length() > 1 && text.charAt(1) != '/' && text.charAt(1) != '\\') {
            throw new IllegalArgumentException(
                    "'" + text + "' begins with ~ and a name, which only a shell can expand; "
                            + "write the whole path, or ./" + text + " for a file of this name");
        }
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            home = accountHome == null ? "" : accountHome;
        }
        // Java gives "?" where the account has no home folder.
        if (home.isEmpty() || home.equals("?")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is in the home folder, and none is known; set HOME, or " + "write the whole path");
        }
        return home + text.substring(1);
    }
}
