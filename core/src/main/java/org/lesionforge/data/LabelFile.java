package org.lesionforge.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/** A CSV file that labels the images of a folder, such as the metadata of HAM10000 or of the ISIC challenges. */
final class LabelFile {
    /** The columns of {@code images.csv}; a source's extra column of the same name gets {@code source_} before it. */
    static final Set<String> OWN_COLUMNS = Set.of("id", "label", "group", "part", "source", "width", "height");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final Path source;
    private final CsvHeader header;
    private final LabelReading reading;
    private final PartNames partNames;
    private final FileFinder files;
    private final GroupFinder groups = new GroupFinder();

    private final List<SourceImage> images = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>();
    /** What cannot be read in the source and no line has named yet. */
    private final Set<SkippedFile> unreached;

    private final Map<String, NamedCsvRecord> linesById = new HashMap<>();
    private final Map<Path, NamedCsvRecord> linesByFile = new HashMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();

    private LabelFile(Path source, LabelColumns columns, CsvHeader header, PartNames partNames) {
        this.file = columns.file();
        this.reading = columns.reading();
        this.source = source;
        this.header = header;
        this.partNames = partNames;
        this.files = new FileFinder(source, file.toAbsolutePath().getParent());
        this.unreached = new LinkedHashSet<>(files.source().skipped());
    }

    /**
     * @throws UnusableInputException when the file is no CSV, lacks a column, or contradicts itself; the message names the lines
     */
    static SourceListing read(Path source, LabelColumns columns, PartNames partNames) {
        if (!Files.isRegularFile(columns.file())) {
            throw new UnusableInputException("there is no label file " + columns.file());
        }
        String text = table(columns);
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().fieldSeparator(separator(text)).ofNamedCsvRecord(text)) {
            LabelFile labels = null;
            for (NamedCsvRecord line : reader) {
                if (labels == null) {
                    labels = new LabelFile(source, columns, CsvHeader.of(line.getHeader(), columns), partNames);
                }
                labels.add(line);
            }
            if (labels == null) {
                throw new UnusableInputException(
                        columns.file() + " lists no image; it needs a header and one line per image");
            }
            return labels.listing();
        } catch (CsvParseException e) {
            throw new UnusableInputException(columns.file() + " is not readable as CSV: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a text in memory", e);
        }
    }

    private static String table(LabelColumns columns) {
        String text = text(columns.file());
        LabelReading reading = columns.reading();
        return reading.oneHot().isEmpty()
                ? text
                : OneHotTable.asLabels(
                        columns.file().toString(),
                        text,
                        reading.oneHot(),
                        reading.more().map(LabelFile::text).orElse(""));
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            // Anything laxer would make two classes of one, or a label nobody typed.
            throw new UnusableInputException(file + " is not UTF-8 text; save it as \"CSV UTF-8\"", e);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Spreadsheets of half of Europe write semicolons. */
    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        if (first.indexOf(',') >= 0) {
            return ',';
        }
        return first.indexOf(';') >= 0 ? ';' : first.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private void add(NamedCsvRecord line) {
        if (line.getFields().size() != line.getHeader().size()) {
            throw new UnusableInputException(
                    at(line) + " has " + line.getFields().size() + " fields, the header has "
                            + line.getHeader().size());
        }
        String path = header.path().map(line::getField).orElse("").strip();
        String id = header.id().map(line::getField).orElse(path).strip();
        if (id.isEmpty()) {
            throw new UnusableInputException(at(line) + " names no image: column '"
                    + header.id().or(header::path).orElseThrow() + "' is empty");
        }
        refuseSecond(linesById.putIfAbsent(id, line), line, "the image '" + id + "'");
        String label = line.getField(header.label()).strip();
        Optional<Path> found = find(line, path, id);
        if (found.isEmpty()) {
            skipped.add(missing(line, path, id));
            return;
        }
        Path image = found.get();
        refuseSecond(linesByFile.putIfAbsent(image.toAbsolutePath().normalize(), line), line, "the file " + image);
        String shown = FileTree.relative(source, image);
        if (label.isEmpty()) {
            skipped.add(new SkippedFile(
                    shown,
                    "no label in line " + line.getStartingLineNumber() + " of " + file.getFileName() + " (column '"
                            + header.label() + "')"));
            return;
        }
        Optional<String> name = reading.classOf(label);
        if (name.isEmpty()) {
            leftOut.merge(label, 1, Integer::sum);
            skipped.add(new SkippedFile(shown, "left out: its label '" + label + "' is neither of the classes"));
            return;
        }
        images.add(new SourceImage(
                id, new ImageContent.OfFile(image), shown, name.get(), group(line, id), part(line), extra(line)));
    }

    private Optional<Path> find(NamedCsvRecord line, String path, String id) {
        try {
            return files.find(path, id);
        } catch (InvalidPathException e) {
            throw new UnusableInputException(
                    at(line) + ": '" + path + "' in column '" + header.path().orElseThrow()
                            + "' cannot be the path of a file: " + e.getReason() + "; correct the table",
                    e);
        }
    }

    private SkippedFile missing(NamedCsvRecord line, String path, String id) {
        String listed = "listed in line " + line.getStartingLineNumber() + " of " + file.getFileName() + ", but ";
        Optional<SkippedFile> unreachable = files.unreachable(path, id);
        unreachable.ifPresent(unreached::remove);
        return unreachable
                .map(there -> new SkippedFile(there.path(), listed + "it is " + there.reason()))
                .orElseGet(() -> new SkippedFile(path.isEmpty() ? id : path, listed + "there is no such file"));
    }

    private List<String> extra(NamedCsvRecord line) {
        List<String> extra = new ArrayList<>(header.extra(line));
        constants().forEach(column -> extra.add(reading.constants().get(column)));
        return extra;
    }

    private List<String> constants() {
        return reading.constants().keySet().stream()
                .filter(column -> !header.extras().contains(column))
                .sorted()
                .toList();
    }

    private void refuseSecond(NamedCsvRecord first, NamedCsvRecord second, String what) {
        if (first == null) {
            return;
        }
        String labelA = first.getField(header.label());
        String labelB = second.getField(header.label());
        String problem =
                labelA.equals(labelB) ? " is listed twice" : " has two labels, '" + labelA + "' and '" + labelB + "'";
        throw new UnusableInputException(what + problem + ": " + file + " lines " + first.getStartingLineNumber()
                + " and " + second.getStartingLineNumber() + "; remove one of them");
    }

    /** One key of the image's group; {@link #groups} knows what the others join it to. */
    private String group(NamedCsvRecord line, String id) {
        List<String> keys = new ArrayList<>();
        for (String column : header.groups()) {
            String value = line.getField(column).strip();
            if (!value.isEmpty()) {
                // Patient 7 and lesion 7 have nothing in common.
                keys.add(header.groups().size() == 1 ? value : column + "=" + value);
            }
        }
        keys.forEach(key -> groups.join(keys.get(0), key));
        return keys.isEmpty() ? id : keys.get(0);
    }

    private Optional<Part> part(NamedCsvRecord line) {
        return header.part().map(column -> partNames
                .part(line.getField(column))
                .orElseThrow(() -> new UnusableInputException(at(line) + ": '" + line.getField(column) + "' in column '"
                        + column + "' is no part; known are " + partNames + ", others are mapped with --part-map "
                        + "WORD=test")));
    }

    private String at(NamedCsvRecord line) {
        return file + " line " + line.getStartingLineNumber();
    }

    private SourceListing listing() {
        List<SourceImage> grouped = images.stream()
                .map(image -> image.withGroup(groups.groupOf(image.group())))
                .sorted(Comparator.comparing(SourceImage::id))
                .toList();
        List<String> extraNames = new ArrayList<>(header.extraNames());
        extraNames.addAll(constants());
        List<String> notes = new ArrayList<>(List.of(header.toString()));
        leftOut.forEach((label, n) -> notes.add("left out: " + n + " images of label '" + label + "'"));
        ImageFolder found = files.source();
        // What the table does not name is nobody's business, but for what is stored twice.
        notes.addAll(new ImageFolder(List.of(), List.of(), List.of(), found.twins()).notes());
        skipped.addAll(unreached);
        return new SourceListing(grouped, extraNames, skipped, found.others().size(), notes);
    }
}
