package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.CacheFolder;

/** Free space where runs and caches are written. */
final class DiskCheck implements Check {
    /** A data set of a thousand images and an experiment of ten classifiers. */
    private static final long COMFORTABLE = 2_000_000_000;
    /** Less than the smallest run writes. */
    private static final long NONE = 10_000_000;

    @Override
    public List<Finding> of(Host host) throws IOException {
        Path working = Path.of("").toAbsolutePath();
        Path cache = CacheFolder.path();
        return List.of(
                finding("disk here", working, Places.free(working)),
                finding("disk of the cache", cache, Places.free(cache)));
    }

    static Finding finding(String check, Path folder, long free) {
        String found = Bytes.text(free) + " free in " + folder;
        Map<String, Object> facts = Map.of("folder", folder.toString(), "free_bytes", free);
        if (free < NONE) {
            return Finding.missing(check, found, "free space there; no command can write a result", facts);
        }
        return free < COMFORTABLE
                ? Finding.note(
                        check,
                        found,
                        "an experiment keeps about 98 MB for each classifier: free space, or use --no-models",
                        facts)
                : Finding.ok(check, found, facts);
    }
}
