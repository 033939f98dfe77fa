package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionforge.io.UnusableInputException;

/** The source's own columns in a data set's {@code images.csv} (patient, age, licence, …), as text. */
public final class Metadata {
    private final Map<String, List<String>> columns;

    private Metadata(Map<String, List<String>> columns) {
        this.columns = columns;
    }

    /**
     * Reads the whole table.
     *
     * @param dataset whose table it is
     * @return its columns
     * @throws UnusableInputException when the table cannot be read
     */
    public static Metadata of(Dataset dataset) {
        Path file = dataset.folder().resolve(Dataset.IMAGES);
        Map<String, List<String>> columns = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : reader) {
                line.getFieldsAsMap().forEach((name, value) -> columns.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(value.strip()));
            }
        } catch (IOException | RuntimeException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage() + "; run prepare again", e);
        }
        columns.keySet().removeAll(Set.copyOf(Dataset.COLUMNS));
        return new Metadata(columns);
    }

    /** {@return the names of the columns, in the table's order} */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /**
     * {@return one value per image, in the order of {@link Dataset#images()}; empty where the source says nothing}
     *
     * @param column one of {@link #columns()}
     * @throws IllegalArgumentException when there is no such column; the message names those there are
     */
    public List<String> values(String column) {
        if (!columns.containsKey(column)) {
            throw new IllegalArgumentException("there is no column '" + column + "'; there are " + columns.keySet());
        }
        return List.copyOf(columns.get(column));
    }
}
