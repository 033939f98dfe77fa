package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.CacheFolder;

/** What the program and its libraries keep for the user, and how large it has grown. */
final class CachesCheck implements Check {
    /** Networks; features that earlier builds kept of frozen networks; features. */
    private static final List<String> KEPT = List.of("weights", "frozen", "features");

    @Override
    public List<Finding> of(Host host) throws IOException {
        Path folder = CacheFolder.path();
        Finding own = host.home().isEmpty() && !folder.isAbsolute() ? homeless(folder) : own(folder);
        return List.of(own, natives(NativesFolder.of(host)));
    }

    private static Finding homeless(Path folder) {
        return Finding.note(
                "cache",
                "no home folder is known, so caches go to " + folder.toAbsolutePath(),
                "set HOME, or LESIONFORGE_HOME=DIR",
                Map.of("folder", folder.toAbsolutePath().toString()));
    }

    static Finding own(Path folder) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("folder", folder.toString());
        if (!Places.isUsable(folder)) {
            return Finding.missing(
                    "cache",
                    folder + " cannot be written: "
                            + (Files.isDirectory(Places.existing(folder)) ? "permission denied" : "a file is there"),
                    "name another folder with LESIONFORGE_HOME=DIR; without one: --no-cache",
                    facts);
        }
        StringBuilder found = new StringBuilder(folder.toString());
        for (String name : KEPT) {
            FolderSize size = FolderSize.of(folder.resolve(name));
            facts.put(name + "_bytes", size.bytes());
            found.append("; ").append(name).append(' ').append(size.text());
        }
        found.append("; all of it can be removed and is made or fetched again");
        return Finding.ok("cache", found.toString(), facts);
    }

    private static Finding natives(Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return Finding.ok("natives cache", "there is none", Map.of());
        }
        FolderSize size = FolderSize.of(folder.get());
        return Finding.ok(
                "natives cache",
                folder.get() + "; " + size.text(),
                Map.of("folder", folder.get().toString(), "bytes", size.bytes()));
    }
}
