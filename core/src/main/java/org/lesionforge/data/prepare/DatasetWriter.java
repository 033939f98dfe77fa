package org.lesionforge.data.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.duplicate.Thumbnail;
import org.lesionforge.duplicate.ThumbnailFile;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/** Writes a data set's tables beside its pixel stores, and last {@code dataset.json}, which completes it. */
final class DatasetWriter {
    private final Path folder;
    private final PreparationOptions options;
    private final Progress progress;

    /** @param folder with the pixel stores */
    DatasetWriter(Path folder, PreparationOptions options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    /**
     * @param skipped files and images that are not in the data set, and why
     * @param stores checksums of the pixel stores, by file name
     * @return number of images with the same pixels as an earlier one
     */
    int write(WantedImages wanted, SplitRule.Outcome split, List<SkippedFile> skipped, Map<String, String> stores)
            throws IOException {
        DatasetTables tables = new DatasetTables(folder, split.images());
        tables.writeImages(wanted.listing().extraColumns());
        tables.writeSkipped(skipped);
        int duplicates = tables.writeDuplicates(progress);
        Map<String, String> checksums = new TreeMap<>(stores);
        for (String table : Dataset.TABLES) {
            checksums.put(table, Sha256.of(folder.resolve(table)));
        }
        if (!wanted.thumbnails().isEmpty()) {
            Path file = folder.resolve(ThumbnailFile.NAME);
            ThumbnailFile.write(file, thumbnails(wanted, split.images()));
            checksums.put(ThumbnailFile.NAME, Sha256.of(file));
        }
        Json.write(
                folder.resolve("dataset.json"),
                new Dataset.Manifest(
                        Dataset.FORMAT_VERSION,
                        wanted.classes(),
                        options.sizes(),
                        options.fit().word(),
                        options.exactDecode() ? Dataset.EXACT_DECODE : Dataset.REDUCED_DECODE,
                        HomePath.shown(options.source()),
                        split.images().size(),
                        skipped.size(),
                        split.info(),
                        checksums));
        return duplicates;
    }

    /** In the order of the pixels. An image that is readable only now was compared with none. */
    private static List<Thumbnail> thumbnails(WantedImages wanted, List<PreparedImage> images) {
        return images.stream()
                .map(
                        row -> Optional.ofNullable(
                                        wanted.thumbnails().get(row.image().id()))
                                .orElseThrow(
                                        () -> new UnusableInputException(
                                                row.image().source()
                                                        + " changed while it was prepared: it could not be read at first; run prepare again")))
                .toList();
    }
}
