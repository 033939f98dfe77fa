package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.UnusableInputException;

/**
 * A challenge's ground truth, {@code image,MEL,NV,…} with one 1 per line, written as a table with a column {@code label}, line by line; with the
 * columns of the metadata file, whose lines belong to the same images.
 */
final class OneHotTable {
    static final String LABEL = "label";

    private OneHotTable() {}

    /**
     * @param name of the ground truth, for messages
     * @param metadata a CSV text whose first column has the images' ids too; empty for none
     */
    static String asLabels(String name, String groundTruth, List<String> classes, String metadata) {
        Map<String, NamedCsvRecord> more = byId(metadata);
        List<String> moreColumns = more.isEmpty()
                ? List.of()
                : more.values().iterator().next().getHeader().stream().skip(1).toList();
        StringWriter text = new StringWriter();
        try (CsvReader<NamedCsvRecord> truth = CsvReader.builder().ofNamedCsvRecord(groundTruth);
                CsvWriter out = CsvWriter.builder().build(text)) {
            boolean first = true;
            for (NamedCsvRecord line : truth) {
                if (first) {
                    requireColumns(name, line, classes);
                    List<String> header =
                            new ArrayList<>(List.of(line.getHeader().get(0), LABEL));
                    header.addAll(moreColumns);
                    out.writeRecord(header);
                    first = false;
                }
                String id = line.getField(0);
                List<String> row = new ArrayList<>(List.of(id, label(name, line, classes)));
                NamedCsvRecord found = more.get(id);
                moreColumns.forEach(column -> row.add(found == null ? "" : found.getField(column)));
                out.writeRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
        return text.toString();
    }

    private static Map<String, NamedCsvRecord> byId(String text) {
        Map<String, NamedCsvRecord> lines = new HashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            reader.forEach(line -> lines.put(line.getField(0), line));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
        return lines;
    }

    private static void requireColumns(String name, NamedCsvRecord line, List<String> classes) {
        if (line.getHeader().stream().noneMatch(classes::contains)) {
            throw new UnusableInputException(
                    name + " has none of the columns " + classes + "; it has " + line.getHeader());
        }
    }

    private static String label(String name, NamedCsvRecord line, List<String> classes) {
        List<String> ones = classes.stream()
                .filter(column -> line.findField(column).map(OneHotTable::isOne).orElse(false))
                .toList();
        if (ones.size() > 1) {
            throw new UnusableInputException(
                    name + " line " + line.getStartingLineNumber() + " is of several classes: " + ones);
        }
        return ones.isEmpty() ? "" : ones.get(0);
    }

    private static boolean isOne(String value) {
        return value.strip().matches("1(\\.0*)?");
    }
}
