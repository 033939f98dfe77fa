package org.lesionforge.data.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.lesionforge.io.UnusableInputException;

/** A table with a header: each line has a field for each column. Column names are trimmed. */
final class CsvTable {
    /** With its number appended, the name of a column without a name. */
    static final String UNNAMED = "column_";

    /** In many European locales spreadsheets write semicolons. */
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    /** Number of lines used to detect the separator. */
    private static final int LOOKED_AT = 20;

    /** @param number counted from 1, including the header */
    record Line(long number, List<String> fields) {}

    private final Path file;
    private final char separator;
    private final List<String> header;
    private final List<Line> lines;
    private final Map<String, Integer> positions = new HashMap<>();

    private CsvTable(Path file, char separator, List<String> header, List<Line> lines) {
        this.file = file;
        this.separator = separator;
        this.header = header;
        this.lines = lines;
        for (int i = 0; i < header.size(); i++) {
            positions.putIfAbsent(header.get(i), i);
        }
    }

    /**
     * @param known whether a column of this name is expected, used to detect the separator
     * @throws UnusableInputException when it is not such a table; the message names the line
     */
    static CsvTable read(Path file, Predicate<String> known) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("there is no label file " + file);
        }
        String text = CsvText.of(file);
        char separator = SEPARATORS.stream()
                .max(Comparator.comparingLong((Character each) -> fitness(text, each, known))
                        .thenComparing(each -> -SEPARATORS.indexOf(each)))
                .orElseThrow();
        List<Line> all = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader(text, separator)) {
            for (CsvRecord line : reader) {
                // Empty lines of a spreadsheet.
                if (!line.getFields().stream().allMatch(String::isBlank)) {
                    all.add(new Line(line.getStartingLineNumber(), line.getFields()));
                }
            }
        } catch (CsvParseException e) {
            throw new UnusableInputException(file + " is not readable as CSV: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a text in memory", e);
        }
        if (all.isEmpty()) {
            return new CsvTable(file, separator, List.of(), List.of());
        }
        List<String> header = named(all.get(0).fields());
        for (Line line : all) {
            if (line.fields().size() != header.size()) {
                throw new UnusableInputException(file + " line " + line.number() + " has "
                        + line.fields().size() + " fields, the header has " + header.size());
            }
        }
        return new CsvTable(file, separator, header, List.copyOf(all.subList(1, all.size())));
    }

    private static CsvReader<CsvRecord> reader(String text, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text);
    }

    /** Ordered by the number of expected names, then by whether all lines have the same length, then by that length. */
    private static long fitness(String text, char separator, Predicate<String> known) {
        int columns = 0;
        long expected = 0;
        boolean even = true;
        int looked = 0;
        try (CsvReader<CsvRecord> reader = reader(text, separator)) {
            for (CsvRecord line : reader) {
                if (looked == 0) {
                    columns = line.getFieldCount();
                    expected = line.getFields().stream()
                            .map(CsvTable::stripped)
                            .filter(known)
                            .count();
                }
                even &= line.getFieldCount() == columns;
                if (++looked == LOOKED_AT) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            even = false;
        } catch (IOException e) {
            throw new UncheckedIOException("closing a text in memory", e);
        }
        return (expected << 32) + (even && columns > 1 ? 1L << 24 : 0) + columns;
    }

    private static String stripped(String name) {
        return name.replaceAll("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$", "");
    }

    /** A column of row numbers often has no name, nor has an empty column of a spreadsheet. */
    private static List<String> named(List<String> fields) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = stripped(fields.get(i));
            names.add(name.isEmpty() ? UNNAMED + (i + 1) : name);
        }
        return List.copyOf(names);
    }

    Path file() {
        return file;
    }

    char separator() {
        return separator;
    }

    List<String> header() {
        return header;
    }

    List<Line> lines() {
        return lines;
    }

    /** The field of a line, unchanged. */
    String text(Line line, String column) {
        return line.fields().get(Objects.requireNonNull(positions.get(column)));
    }

    /** The field of a line, trimmed. */
    String field(Line line, String column) {
        return text(line, column).strip();
    }

    String at(Line line) {
        return file + " line " + line.number();
    }

    /** @throws UnusableInputException when two columns have the same name */
    void requireDistinctColumns() {
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (!seen.add(name)) {
                throw new UnusableInputException(
                        file + " has two columns called '" + name + "'; remove or rename one of them");
            }
        }
    }

    /**
     * This table with the columns of another, joined by the images' ids; fields are empty where the other has no such
     * line. For a column in both, this table's values are kept.
     *
     * @param required whether at least one image must be found in it
     * @throws UnusableInputException when none is found, or when it has two different lines for one image
     */
    CsvTable with(CsvTable more, String id, String otherId, boolean required) {
        Map<String, Line> others = new HashMap<>();
        for (Line line : more.lines) {
            Line first = others.putIfAbsent(stem(more.field(line, otherId)), line);
            if (first != null && !first.fields().equals(line.fields())) {
                throw new UnusableInputException(
                        more.file + " has two different lines for '" + more.field(line, otherId) + "', in lines "
                                + first.number() + " and " + line.number() + "; remove one of them");
            }
        }
        List<String> added = more.header.stream()
                .filter(name -> !name.equals(otherId) && !header.contains(name))
                .toList();
        List<String> joined = new ArrayList<>(header);
        joined.addAll(added);
        boolean any = false;
        List<Line> longer = new ArrayList<>();
        for (Line line : lines) {
            Line other = others.get(stem(field(line, id)));
            any |= other != null;
            List<String> fields = new ArrayList<>(line.fields());
            added.forEach(name -> fields.add(other == null ? "" : more.text(other, name)));
            longer.add(new Line(line.number(), fields));
        }
        if (required && !any) {
            throw new UnusableInputException("no image of " + file + " is in " + more.file + " (column '" + otherId
                    + "'), so nothing would be known of what belongs to one lesion; name the right table with --metadata,"
                    + " or do without with --group-column none");
        }
        return new CsvTable(file, separator, joined, longer);
    }

    private static String stem(String id) {
        return id.replaceFirst("(?i)\\.(jpe?g|jpe|jfif|png|bmp|gif|tiff?|webp)$", "");
    }
}
