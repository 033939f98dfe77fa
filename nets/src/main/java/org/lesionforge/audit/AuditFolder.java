package org.lesionforge.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lesionforge.data.Dataset;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.json.Json;

/**
 * An audit on disk: {@code copies.png} and {@code look-alikes.png} where there are such pairs, and finally
 * {@code audit.json}.
 */
public final class AuditFolder {
    /** Pairs on each sheet. */
    static final int SHOWN_PAIRS = 24;

    private static final String RESULT = "audit.json";
    private static final int SHOWN_SIDE = 128;
    private static final int PAIRS_PER_ROW = 4;

    private AuditFolder() {}

    /**
     * The file that is there when the audit is finished.
     *
     * @param folder of an audit, finished or not
     * @return where its result is, or will be
     */
    public static Path result(Path folder) {
        return folder.resolve(RESULT);
    }

    /**
     * Reads a finished audit.
     *
     * @param folder that {@link #write} wrote
     * @return its result
     * @throws org.lesionforge.io.UnusableInputException when the result is missing, damaged, or one of a later version
     */
    public static AuditResult read(Path folder) {
        return Json.read(result(folder), AuditResult.class, AuditResult.FORMAT_VERSION);
    }

    /**
     * Writes contact sheets of the worst pairs, at most {@value #SHOWN_PAIRS} on each, and then the result.
     *
     * @param folder to write into; made where there is none
     * @param dataset that was audited, for the pixels of the pairs
     * @param audit its result
     * @throws IOException when a file cannot be written; the result is then missing
     */
    public static void write(Path folder, Dataset dataset, AuditResult audit) throws IOException {
        writePairs(dataset, audit.copies().pairs(), folder.resolve("copies.png"));
        writePairs(dataset, audit.lookAlikes().pairs(), folder.resolve("look-alikes.png"));
        Json.write(result(folder), audit);
    }

    private static void writePairs(Dataset dataset, List<ImagePair> pairs, Path file) throws IOException {
        if (pairs.isEmpty()) {
            return;
        }
        AuditedImages images = new AuditedImages(dataset, SHOWN_SIDE);
        Map<String, Integer> rows = new HashMap<>();
        dataset.images().forEach(image -> rows.put(image.id(), image.row()));
        List<RgbImage> sheet = new ArrayList<>();
        for (ImagePair pair : pairs.subList(0, Math.min(SHOWN_PAIRS, pairs.size()))) {
            sheet.add(ContactSheet.of(
                    List.of(
                            shown(images, Objects.requireNonNull(rows.get(pair.a()))),
                            shown(images, Objects.requireNonNull(rows.get(pair.b())))),
                    2,
                    1));
        }
        RgbImage all = ContactSheet.of(sheet, PAIRS_PER_ROW, 8);
        AtomicFile.write(
                file, out -> PngWriter.write(all, Map.of("Title", "pairs of similar images, worst first"), out));
    }

    private static RgbImage shown(AuditedImages images, int row) {
        return Resampler.resize(images.image(row), SHOWN_SIDE, SHOWN_SIDE, Filter.BICUBIC);
    }
}
