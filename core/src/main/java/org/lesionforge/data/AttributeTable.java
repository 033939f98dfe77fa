package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.SheetWriter;
import org.lesionforge.io.UnusableInputException;

/** The {@link Attribute}s of a data set's images, read from the columns that {@code prepare} kept from the source. */
public final class AttributeTable {
    private AttributeTable() {}

    /**
     * Writes {@code id} and a column for each attribute of the data set, or nothing when it has none.
     *
     * @param dataset whose attributes are written
     * @param target file to write, replaced where it is there
     * @throws UnusableInputException when the data set's {@code images.csv} cannot be read
     * @throws IOException when it cannot be written
     */
    public static void write(Dataset dataset, Path target) throws IOException {
        Path source = dataset.folder().resolve(Dataset.IMAGES);
        List<List<String>> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(source)) {
            Map<Attribute, String> columns = new EnumMap<>(Attribute.class);
            for (NamedCsvRecord row : reader) {
                if (lines.isEmpty()) {
                    for (Attribute attribute : Attribute.values()) {
                        attribute.column(row.getHeader()).ifPresent(name -> columns.put(attribute, name));
                    }
                    List<String> header = new ArrayList<>(List.of("id"));
                    columns.keySet().forEach(attribute -> header.add(attribute.word()));
                    lines.add(header);
                }
                List<String> line = new ArrayList<>(List.of(row.getField("id")));
                columns.forEach((attribute, name) -> line.add(attribute.of(row.getField(name))));
                lines.add(line);
            }
        } catch (UncheckedIOException | CsvParseException | NoSuchElementException e) {
            throw new UnusableInputException(
                    "cannot read " + source + ": " + e.getMessage() + "; run prepare again", e);
        }
        if (lines.get(0).size() > 1) {
            AtomicFile.write(target, out -> {
                try (SheetWriter sheet = new SheetWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                    lines.forEach(sheet::row);
                }
            });
        }
    }
}
