package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.lesionforge.io.UnusableInputException;

/**
 * One row of a prepared data set's {@code images.csv}.
 *
 * @param row position in every pixel store
 * @param id unique in the data set
 * @param label index into the classes
 * @param group images of one group (patient, lesion) are always in one part
 * @param part assigned by the split
 * @param source path in the source
 * @param width pixels of the source, after its EXIF rotation
 * @param height pixels of the source, after its EXIF rotation
 */
public record DatasetImage(
        int row, String id, int label, String group, Part part, String source, int width, int height) {
    DatasetImage in(Part other) {
        return new DatasetImage(row, id, label, group, other, source, width, height);
    }

    /** @throws UnusableInputException naming the line that cannot be read */
    static List<DatasetImage> readAll(Path file, List<String> classes) {
        List<DatasetImage> images = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : reader) {
                int label = classes.indexOf(line.getField("label"));
                if (label < 0) {
                    throw new UnusableInputException(file + " line " + line.getStartingLineNumber() + ": class '"
                            + line.getField("label") + "' is not one of " + classes);
                }
                images.add(new DatasetImage(
                        images.size(),
                        line.getField("id"),
                        label,
                        line.getField("group"),
                        Part.valueOf(line.getField("part").toUpperCase(Locale.ROOT)),
                        line.getField("source"),
                        Integer.parseInt(line.getField("width")),
                        Integer.parseInt(line.getField("height"))));
            }
        } catch (IOException
                | UncheckedIOException
                | CsvParseException
                | NoSuchElementException
                | IllegalArgumentException e) {
            // The table is there for people too, and what people open they edit.
            throw new UnusableInputException(
                    "cannot read line " + (images.size() + 2) + " of " + file + ": " + e.getMessage()
                            + "; run prepare again",
                    e);
        }
        return List.copyOf(images);
    }
}
