package org.lesionforge.isic;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/**
 * {@code metadata.csv}: a line per image, in the archive's field names, written page by page. A line cut short by a
 * crash is removed when the table is opened again.
 */
final class ImageTable {
    static final String ID = "isic_id";
    static final String PATH = "path";
    static final String BYTES = "file_bytes";
    static final String LICENCE = "copyright_license";
    static final String ATTRIBUTION = "attribution";

    /** The archive's fields (August 2026); any later ones go into {@link #OTHER}, as JSON. */
    static final List<String> FIELDS = List.of(
            "diagnosis_1",
            "diagnosis_2",
            "diagnosis_3",
            "diagnosis_4",
            "diagnosis_5",
            "diagnosis_confirm_type",
            "patient_id",
            "lesion_id",
            "age_approx",
            "sex",
            "anatom_site_general",
            "anatom_site_special",
            "image_type",
            "dermoscopic_type",
            "tbp_tile_type",
            "image_manipulation",
            "pixels_x",
            "pixels_y",
            "melanocytic",
            "nevus_type",
            "mel_class",
            "mel_type",
            "mel_thick_mm",
            "mel_mitotic_index",
            "mel_ulcer",
            "clin_size_long_diam_mm",
            "fitzpatrick_skin_type",
            "personal_hx_mm",
            "family_hx_mm",
            "concomitant_biopsy",
            "acquisition_day",
            "rcm_case_id");

    private static final String OTHER = "other_metadata";

    private final Path file;
    private final boolean thumbnails;
    private final IdSet ids = new IdSet();

    private ImageTable(Path file, boolean thumbnails) {
        this.file = file;
        this.thumbnails = thumbnails;
    }

    /**
     * Makes the table, or resumes it.
     *
     * @param thumbnails whether thumbnails are fetched
     */
    static ImageTable open(Path file, boolean thumbnails) throws IOException {
        ImageTable table = new ImageTable(file, thumbnails);
        if (Files.exists(file)) {
            cutTornLine(file);
        }
        if (!Files.exists(file) || Files.size(file) == 0) {
            List<String> header = new ArrayList<>(List.of(ID, PATH, BYTES, LICENCE, ATTRIBUTION));
            header.addAll(FIELDS);
            header.add(OTHER);
            table.append(writer -> writer.writeRecord(header));
        }
        table.forEach(row -> table.ids.add(number(row.getField(ID))));
        return table;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('_') + 1));
    }

    /** No value holds a line break, so what follows the last one is incomplete. */
    private static void cutTornLine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            long end = channel.size();
            while (end > 0) {
                last.clear();
                channel.read(last, end - 1);
                if (last.get(0) == '\n') {
                    break;
                }
                end--;
            }
            channel.truncate(end);
        }
    }

    boolean contains(ArchiveImage image) {
        return ids.contains(image.number());
    }

    int size() {
        return ids.size();
    }

    /** Appends a page; it is on disk when this returns. */
    void append(List<ArchiveImage> images) throws IOException {
        if (images.isEmpty()) {
            return;
        }
        append(writer -> images.forEach(image -> writer.writeRecord(line(image))));
        images.forEach(image -> ids.add(image.number()));
    }

    private void append(Consumer<CsvWriter> lines) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            lines.accept(writer);
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private List<String> line(ArchiveImage image) {
        Map<String, String> other = new LinkedHashMap<>(image.metadata());
        List<String> line = new ArrayList<>(List.of(
                image.id(),
                ImageStore.path(image.id()),
                Long.toString(image.file(thumbnails)
                        .map(ArchiveImage.RemoteFile::bytes)
                        .orElse(0L)),
                oneLine(image.licence()),
                oneLine(image.attribution())));
        for (String field : FIELDS) {
            String value = other.remove(field);
            line.add(value == null ? "" : oneLine(value));
        }
        line.add(other.isEmpty() ? "" : Json.line(other));
        return line;
    }

    private static String oneLine(String value) {
        return value.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Reads the table from its beginning, a line at a time. */
    void forEach(Consumer<NamedCsvRecord> action) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            rows.forEach(action);
        } catch (RuntimeException e) {
            throw new UnusableInputException(
                    "cannot read " + file + ": " + e.getMessage() + "; fetch into a new folder", e);
        }
    }
}
