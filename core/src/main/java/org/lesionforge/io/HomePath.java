package org.lesionforge.io;

import java.io.File;
import java.nio.file.Path;

/** Paths as written to files that may be shared: without the name of the user's home folder. */
public final class HomePath {
    private HomePath() {}

    /**
     * {@return the path, with {@code ~} for the user's home folder}
     *
     * @param path absolute or relative
     */
    public static String shown(Path path) {
        return shown(path.toString());
    }

    /**
     * {@return the text, with {@code ~} for every path of the user's home folder in it}
     *
     * @param text with any number of paths in it
     */
    public static String shown(String text) {
        String home = System.getProperty("user.home", "");
        while (home.endsWith(File.separator)) {
            home = home.substring(0, home.length() - 1);
        }
        // Where the home is the root, or unknown, a path does not reveal its user.
        if (home.length() < 2) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(home); at >= 0; at = text.indexOf(home, at + 1)) {
            int end = at + home.length();
            boolean isWhole = (at == 0 || !isOfName(text.charAt(at - 1)))
                    && (end == text.length() || !isOfName(text.charAt(end)));
            if (isWhole && at >= from) {
                shown.append(text, from, at).append('~');
                from = end;
            }
        }
        return shown.append(text.substring(from)).toString();
    }

    /** Whether a character may be part of a folder's name: {@code /home/ann} is not a part of {@code /home/anna}. */
    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
