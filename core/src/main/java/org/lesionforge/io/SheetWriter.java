package org.lesionforge.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV table for people, who open it in a spreadsheet. A text that a spreadsheet would read as a formula gets an
 * apostrophe before it, as <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a> advises; numbers
 * stay as they are. Tables that the program reads again are not written by this class.
 */
public final class SheetWriter implements AutoCloseable {
    private static final String FORMULA = "=+-@\t\r";

    private final CsvWriter csv;

    /** @param out closed with this writer */
    public SheetWriter(Writer out) {
        csv = CsvWriter.builder().build(out);
    }

    /** @param cells numbers and booleans are written as such, all else as text */
    public void row(List<?> cells) {
        List<String> line = new ArrayList<>();
        for (Object cell : cells) {
            line.add(cell instanceof Number || cell instanceof Boolean ? cell.toString() : escaped(cell.toString()));
        }
        csv.writeRecord(line);
    }

    private static String escaped(String text) {
        return isFormula(text) ? "'" + text : text;
    }

    /**
     * {@return the original of a text that was written by this class}
     *
     * @param cell as the table has it
     */
    public static String text(String cell) {
        return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }

    @Override
    public void close() {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
