package org.lesionforge.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table that the program has written and reads again, row by row. What is missing, damaged or of another type is an
 * {@link UnusableInputException} with file, line and column.
 */
public final class CsvTable {
    private static final String REMEDY =
            "; bring the file back from a copy, or make it anew with the command that wrote it";

    private CsvTable() {}

    /**
     * Reads a table from its first row to its last.
     *
     * @param file with a header line
     * @param use given each row in turn
     * @throws UnusableInputException when the file cannot be read, or {@code use} finds a cell that cannot be
     */
    public static void forEach(Path file, Consumer<Row> use) {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            rows.forEach(row -> use.accept(new Row(file, row)));
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage() + REMEDY, e);
        }
    }

    /** One row. */
    public static final class Row {
        private final Path file;
        private final NamedCsvRecord cells;

        private Row(Path file, NamedCsvRecord cells) {
            this.file = file;
            this.cells = cells;
        }

        /** {@return the names of the columns, in order} */
        public List<String> header() {
            return cells.getHeader();
        }

        /** The number of its first line in the file; the header is line 1. */
        long line() {
            return cells.getStartingLineNumber();
        }

        /**
         * {@return the cell of a column; empty when there is no such column}
         *
         * @param column its name
         */
        public Optional<String> optional(String column) {
            return header().contains(column) ? Optional.of(text(column)) : Optional.empty();
        }

        /**
         * {@return the cell of a column, as it stands there}
         *
         * @param column its name
         * @throws UnusableInputException when there is no such column, or the row is too short
         */
        public String text(String column) {
            return cells.findField(column)
                    .orElseThrow(() -> unusable("column '" + column + "' is missing, the row has "
                            + cells.getFieldCount() + " of " + header().size() + " columns"));
        }

        /**
         * {@return the cell of a column, as a finite number}
         *
         * @param column its name
         * @throws UnusableInputException when it is not one
         */
        public double number(String column) {
            String cell = text(column);
            try {
                double value = Double.parseDouble(cell);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw wrong(column, "a number", e);
            }
            throw wrong(column, "a number");
        }

        UnusableInputException wrong(String column, String expected) {
            return wrong(column, expected, null);
        }

        private UnusableInputException wrong(String column, String expected, @Nullable Exception cause) {
            return new UnusableInputException(
                    file + " line " + line() + ": column '" + column + "' should be " + expected + ", found '"
                            + text(column) + "'" + REMEDY,
                    cause);
        }

        /** Of the whole row. */
        UnusableInputException unusable(String what) {
            return new UnusableInputException(file + " line " + line() + ": " + what + REMEDY);
        }
    }
}
