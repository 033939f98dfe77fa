package org.lesionforge.cli.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionforge.io.UserPath;
import org.lesionforge.run.arm.ArmSource;

/** A folder of another generator's images and its name in arms: {@code NAME=DIR}. */
public record NamedFolder(String name, Path folder) {
    /** @throws IllegalArgumentException when it has no name, no valid name of an arm, or no path */
    static NamedFolder of(String text) {
        int end = text.indexOf('=');
        if (end < 1 || end == text.length() - 1) {
            throw new IllegalArgumentException("images of another generator are named as NAME=DIR, got '" + text + "'");
        }
        String name = ArmSource.external(text.substring(0, end)).name();
        return new NamedFolder(name, UserPath.of(text.substring(end + 1)));
    }

    /** @throws IllegalArgumentException when two have the same name, ignoring case, since some systems do */
    public static Map<String, Path> byName(List<NamedFolder> folders) {
        Map<String, NamedFolder> known = new LinkedHashMap<>();
        Map<String, Path> byName = new LinkedHashMap<>();
        for (NamedFolder each : folders) {
            NamedFolder first = known.putIfAbsent(each.name.toLowerCase(Locale.ROOT), each);
            if (first != null) {
                throw new IllegalArgumentException("two folders are named '" + each.name + "': " + first.folder
                        + " and " + each.folder + "; give each a name of its own");
            }
            byName.put(each.name, each.folder);
        }
        return byName;
    }
}
