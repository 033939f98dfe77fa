package org.lesionforge.isic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lesionforge.io.AtomicFile;

/**
 * Counts the images of a fetch, and writes their licences and owners: {@code attribution.txt} and {@code licenses/}.
 */
final class Inventory {
    private static final int MISSING_KEPT = 100;

    private final Path folder;
    private final Map<String, Long> classes = new TreeMap<>();
    private final Map<String, Long> licences = new TreeMap<>();
    private final Map<String, Map<String, Long>> attributions = new TreeMap<>();
    private final List<FetchResult.Missing> missing = new ArrayList<>();
    private long images;
    private long here;
    private long bytes;

    private Inventory(Path folder) {
        this.folder = folder;
    }

    /** @param failures why images could not be downloaded, by id */
    static Inventory take(Path folder, ImageTable table, Map<String, String> failures) throws IOException {
        Inventory inventory = new Inventory(folder);
        table.forEach(row -> inventory.count(
                row.getField(ImageTable.ID),
                Long.parseLong(row.getField(ImageTable.BYTES)),
                row.getField(ImageTable.LICENCE),
                row.getField(ImageTable.ATTRIBUTION),
                row.getField(FetchOptions.DEFAULT_CLASS_FIELD),
                failures));
        return inventory;
    }

    private void count(
            String id, long size, String licence, String attribution, String label, Map<String, String> failures) {
        images++;
        bytes += size;
        classes.merge(label.isEmpty() ? "unknown" : label, 1L, Long::sum);
        licences.merge(licence, 1L, Long::sum);
        attributions.computeIfAbsent(licence, any -> new TreeMap<>()).merge(attribution, 1L, Long::sum);
        if (Files.exists(folder.resolve(ImageStore.path(id)))) {
            here++;
        } else if (missing.size() < MISSING_KEPT) {
            missing.add(new FetchResult.Missing(
                    id, failures.getOrDefault(id, "listed by an earlier run, but no longer offered by the archive")));
        }
    }

    /** Writes the files that must be passed on with the images. */
    void writeLicences() throws IOException {
        StringBuilder text = new StringBuilder();
        attributions.forEach((licence, names) -> {
            text.append(licence).append('\n');
            names.forEach((name, n) ->
                    text.append("  ").append(name).append(" (").append(n).append(")\n"));
            text.append('\n');
        });
        AtomicFile.writeString(
                folder.resolve("attribution.txt"),
                "Images of the ISIC Archive (https://www.isic-archive.com), by licence and owner, with their number.\n"
                        + "The licences are in the folder licenses; each image's own is in metadata.csv.\n\n" + text);
        for (Licence licence : Licence.values()) {
            if (licences.containsKey(licence.word())) {
                AtomicFile.writeString(folder.resolve("licenses/" + licence.word() + ".txt"), licence.text());
            }
        }
    }

    FetchResult result(int downloaded) {
        return new FetchResult(folder.toString(), images, here, bytes, downloaded, missing, classes, licences);
    }
}
