package org.lesionforge.data.prepare;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.io.Progress;
import org.lesionforge.io.SheetWriter;

/** The tables beside the pixels of a data set: {@code images.csv}, {@code skipped.csv}, {@code duplicates.csv}. */
final class DatasetTables {
    private final Path folder;
    private final List<PreparedImage> rows;

    /** @param rows in the order of the pixels, each with its part */
    DatasetTables(Path folder, List<PreparedImage> rows) {
        this.folder = folder;
        this.rows = rows;
    }

    void writeImages(List<String> extraColumns) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve(Dataset.IMAGES))) {
            List<String> header = new ArrayList<>(Dataset.COLUMNS);
            header.addAll(extraColumns);
            csv.writeRecord(header);
            for (PreparedImage row : rows) {
                SourceImage image = row.image();
                List<String> line = new ArrayList<>(List.of(
                        image.id(),
                        image.label(),
                        image.group(),
                        image.part().orElseThrow().word(),
                        image.source(),
                        Integer.toString(row.width()),
                        Integer.toString(row.height())));
                line.addAll(image.extra());
                csv.writeRecord(line);
            }
        }
    }

    void writeSkipped(List<SkippedFile> skipped) throws IOException {
        try (SheetWriter sheet = sheet(Dataset.SKIPPED)) {
            sheet.row(List.of("path", "reason"));
            skipped.forEach(file -> sheet.row(List.of(file.path(), file.reason())));
        }
    }

    /** @return number of images with the same pixels as an earlier one */
    int writeDuplicates(Progress progress) throws IOException {
        Map<String, SourceImage> firsts = new HashMap<>();
        int duplicates = 0;
        int acrossParts = 0;
        int acrossClasses = 0;
        try (SheetWriter sheet = sheet(Dataset.DUPLICATES)) {
            sheet.row(List.of("id", "label", "part", "same_as", "same_as_label", "same_as_part"));
            for (PreparedImage row : rows) {
                SourceImage image = row.image();
                SourceImage first = firsts.putIfAbsent(row.sha256(), image);
                if (first == null) {
                    continue;
                }
                duplicates++;
                acrossParts += first.part().equals(image.part()) ? 0 : 1;
                acrossClasses += first.label().equals(image.label()) ? 0 : 1;
                String part = image.part().orElseThrow().word();
                String firstPart = first.part().orElseThrow().word();
                sheet.row(List.of(image.id(), image.label(), part, first.id(), first.label(), firstPart));
            }
        }
        warn(acrossParts, "lie in two parts, as the source gives them", progress);
        warn(acrossClasses, "have two labels", progress);
        return duplicates;
    }

    private SheetWriter sheet(String name) throws IOException {
        return new SheetWriter(Files.newBufferedWriter(folder.resolve(name)));
    }

    private static void warn(int count, String problem, Progress progress) {
        if (count > 0) {
            progress.message("warning: " + count + " exact duplicates " + problem + "; see duplicates.csv");
        }
    }
}
