package org.lesionforge.data.source;

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
import java.util.TreeSet;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.MissingValue;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/** A CSV file that labels the images of a folder, such as the metadata of HAM10000 or of the ISIC challenges. */
public final class LabelFile {
    private final Path file;
    private final Path source;
    private final CsvTable table;
    private final CsvHeader header;
    private final Optional<OneHotColumns> oneHot;
    private final LabelReading reading;
    private final PartNames partNames;
    private final ClassChoice choice;
    private final FileFinder files;
    private final UnionFind groups = new UnionFind();

    private final List<SourceImage> images = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>();
    /** Unreadable entries of the source that no line has named yet. */
    private final Set<SkippedFile> unreached;

    private final Map<String, CsvTable.Line> linesById = new HashMap<>();
    private final Map<Path, CsvTable.Line> linesByFile = new HashMap<>();
    private final Map<String, String> labelsByClass = new HashMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    /** The words for missing values found in the label column. */
    private final Map<String, Integer> noLabels = new TreeMap<>();

    private final Set<String> partWords = new TreeSet<>();

    private LabelFile(
            Path source,
            CsvTable table,
            LabelColumns columns,
            CsvHeader header,
            Optional<OneHotColumns> oneHot,
            PartNames partNames,
            ClassChoice choice,
            FileFinder files) {
        this.file = columns.file();
        this.reading = columns.reading();
        this.source = source;
        this.table = table;
        this.header = header;
        this.oneHot = oneHot;
        this.partNames = partNames;
        this.choice = choice;
        this.files = files;
        this.unreached = new LinkedHashSet<>(files.source().skipped());
    }

    /**
     * Reads the table, and finds the images that its lines name.
     *
     * @param source folder of the images
     * @param columns the file, and which of its columns are used
     * @param partNames what the words of its part column mean
     * @param choice whose labels are meant, even where they are words for what is not known
     * @return an image for each line that is used
     * @throws UnusableInputException when the file is no CSV, lacks a column, or contradicts itself; the message names
     *     the lines
     */
    public static SourceListing read(Path source, LabelColumns columns, PartNames partNames, ClassChoice choice) {
        CsvTable own = CsvTable.read(columns.file(), CsvHeader.known(columns));
        if (own.lines().isEmpty()) {
            throw new UnusableInputException(
                    columns.file() + " lists no image; it needs a header and one line per image");
        }
        FileFinder files = new FileFinder(source, FileTree.parent(columns.file()));
        MissingHeader.refuse(own, name -> isImage(files, name), "label");
        own.requireDistinctColumns();
        // Before the metadata table is checked, which may belong to another collection.
        Optional<OneHotColumns> oneHot = columns.reading().oneHot().isEmpty()
                ? Optional.empty()
                : Optional.of(new OneHotColumns(own, columns.reading().oneHot(), CsvHeader.others(own, columns)));
        CsvTable all = withSecond(own, columns, files);
        CsvHeader header = CsvHeader.of(own, all, columns);
        if (choice.isEmpty()) {
            header.label().ifPresent(label -> OneHotColumns.refuseAsLabel(own, label));
        }
        if (header.part().isEmpty() && !partNames.areIgnored()) {
            UnaskedParts.refuse(all, header.extras(), partNames);
        }
        LabelFile labels = new LabelFile(source, all, columns, header, oneHot, partNames, choice, files);
        all.lines().forEach(labels::add);
        return labels.listing();
    }

    private static boolean isImage(FileFinder files, String name) {
        try {
            return files.find("", name).isPresent();
        } catch (UnusableInputException severalFilesOfThisName) {
            return true;
        }
    }

    /** Joins the second table, if there is one; without it images of one lesion could be put into different parts. */
    private static CsvTable withSecond(CsvTable own, LabelColumns columns, FileFinder files) {
        Optional<Path> more = columns.reading().more();
        boolean grouped = !columns.groups().equals(List.of(LabelColumns.NO_GROUPS));
        if (more.isEmpty() || (!grouped && !Files.isRegularFile(more.get()))) {
            return own;
        }
        if (!Files.isRegularFile(more.get())) {
            throw new UnusableInputException("there is no " + more.get()
                    + ", which says what belongs to one lesion; name it with --metadata FILE.csv, or do without with"
                    + " --group-column none");
        }
        CsvTable second = CsvTable.read(more.get(), CsvHeader.known(columns));
        MissingHeader.refuse(second, name -> isImage(files, name), "lesion_id");
        second.requireDistinctColumns();
        if (second.header().isEmpty()) {
            throw new UnusableInputException(more.get() + " is empty; it needs a header and one line per image");
        }
        return own.with(second, CsvHeader.image(own, columns), CsvHeader.imageOfSecond(second), grouped);
    }

    private void add(CsvTable.Line line) {
        String path = header.path().map(column -> table.field(line, column)).orElse("");
        String id = header.id().map(column -> table.field(line, column)).orElse(path);
        if (id.isEmpty()) {
            throw new UnusableInputException(table.at(line) + " names no image: column '"
                    + header.id().or(header::path).orElseThrow() + "' is empty");
        }
        if (id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
            throw new UnusableInputException(table.at(line) + ": the name of its image goes over several lines, '" + id
                    + "'; a quotation mark may be missing");
        }
        refuseSecond(linesById.putIfAbsent(id, line), line, "the image '" + id + "'");
        Optional<Path> found = find(line, path, id);
        if (found.isEmpty()) {
            skipped.add(notFound(line, path, id));
            return;
        }
        Path image = found.get();
        refuseSecond(linesByFile.putIfAbsent(image.toAbsolutePath().normalize(), line), line, "the file " + image);
        String shown = FileTree.relative(source, image);
        Optional<String> label = label(line);
        if (label.isEmpty()) {
            skipped.add(new SkippedFile(
                    shown,
                    "no label in line " + line.number() + " of " + file.getFileName() + " (" + noLabel(line) + ")"));
            missing.merge(header.label().orElse("label"), 1, Integer::sum);
            header.label().ifPresent(column -> noLabels.merge(table.field(line, column), 1, Integer::sum));
            return;
        }
        Optional<String> name = reading.classOf(label.get());
        if (name.isEmpty()) {
            leftOut.merge(label.get(), 1, Integer::sum);
            skipped.add(new SkippedFile(shown, "left out: its label '" + label.get() + "' is neither of the classes"));
            return;
        }
        refuseMerged(name.get(), label.get());
        images.add(new SourceImage(
                id, new ImageContent.OfFile(image), shown, name.get(), group(line, id), part(line), extra(line)));
    }

    private Optional<Path> find(CsvTable.Line line, String path, String id) {
        try {
            return files.find(path, id);
        } catch (InvalidPathException e) {
            throw new UnusableInputException(
                    table.at(line) + ": '" + path + "' in column '"
                            + header.path().orElseThrow() + "' cannot be the path of a file: " + e.getReason()
                            + "; correct the table",
                    e);
        }
    }

    private SkippedFile notFound(CsvTable.Line line, String path, String id) {
        String listed = "listed in line " + line.number() + " of " + file.getFileName() + ", but ";
        Optional<SkippedFile> unreachable = files.unreachable(path, id);
        unreachable.ifPresent(unreached::remove);
        return unreachable
                .map(there -> new SkippedFile(there.path(), listed + "it is " + there.reason()))
                .orElseGet(() -> new SkippedFile(path.isEmpty() ? id : path, listed + "there is no such file"));
    }

    private Optional<String> label(CsvTable.Line line) {
        if (oneHot.isPresent()) {
            return oneHot.get().label(line);
        }
        String label = table.field(line, header.label().orElseThrow());
        return MissingValue.is(label) && !choice.names(label) ? Optional.empty() : Optional.of(label);
    }

    private String noLabel(CsvTable.Line line) {
        if (oneHot.isPresent()) {
            return oneHot.get().problem(line);
        }
        String column = header.label().orElseThrow();
        String value = table.field(line, column);
        return "column '" + column + "'" + (value.isEmpty() ? "" : ": '" + value + "'");
    }

    /** Refuses two labels of a server that become equal when rewritten. */
    private void refuseMerged(String name, String label) {
        String first = labelsByClass.putIfAbsent(name, label);
        if (reading.servers() && reading.classes().isEmpty() && first != null && !first.equals(label)) {
            throw new UnusableInputException("the labels '" + first + "' and '" + label + "' of " + file
                    + " would both become the class '" + name + "'; correct one of them in the table");
        }
    }

    private List<String> extra(CsvTable.Line line) {
        List<String> extra = new ArrayList<>(
                extras().stream().map(column -> table.text(line, column)).toList());
        constants().forEach(column -> extra.add(reading.constants().get(column)));
        return extra;
    }

    /** The columns kept beside the data set's own. */
    private List<String> extras() {
        List<String> extras = new ArrayList<>(header.extras());
        oneHot.ifPresent(columns -> extras.removeAll(columns.names()));
        return extras;
    }

    private List<String> constants() {
        return reading.constants().keySet().stream()
                .filter(column -> !header.extras().contains(column))
                .sorted()
                .toList();
    }

    private void refuseSecond(CsvTable.Line first, CsvTable.Line second, String what) {
        if (first == null) {
            return;
        }
        String labelA = written(first);
        String labelB = written(second);
        String problem =
                labelA.equals(labelB) ? " is listed twice" : " has two labels, '" + labelA + "' and '" + labelB + "'";
        throw new UnusableInputException(what + problem + ": " + file + " lines " + first.number() + " and "
                + second.number() + "; remove one of them");
    }

    private String written(CsvTable.Line line) {
        return header.label().map(column -> table.field(line, column)).orElseGet(() -> label(line)
                .orElse(""));
    }

    /** One key of the image's group; {@link #groups} joins it with the others. */
    private String group(CsvTable.Line line, String id) {
        List<String> keys = new ArrayList<>();
        for (String column : header.groups()) {
            String value = table.field(line, column);
            if (MissingValue.is(value)) {
                missing.merge(column, 1, Integer::sum);
            } else {
                // Patient 7 and lesion 7 are unrelated.
                keys.add(header.groups().size() == 1 ? value : column + "=" + value);
            }
        }
        keys.forEach(key -> groups.join(keys.get(0), key));
        return keys.isEmpty() ? id : keys.get(0);
    }

    private Optional<Part> part(CsvTable.Line line) {
        return header.part().map(column -> {
            String word = table.field(line, column);
            partWords.add(word);
            return partNames
                    .part(word)
                    .orElseThrow(
                            () -> new UnusableInputException(table.at(line) + ": '" + word + "' in column '" + column
                                    + "' is not a part; known are " + partNames
                                    + ", others are mapped with --part-map WORD=test"));
        });
    }

    private SourceListing listing() {
        List<SourceImage> grouped = images.stream()
                .map(image -> image.withGroup(groups.groupOf(image.group())))
                .sorted(Comparator.comparing(SourceImage::id))
                .toList();
        List<String> extraNames = new ArrayList<>(CsvHeader.extraNames(extras()));
        extraNames.addAll(constants());
        List<String> notes = new ArrayList<>(List.of(header.toString()));
        leftOut.forEach((label, n) -> notes.add("left out: " + n + " images of label '" + label + "'"));
        noLabels.remove("");
        noLabels.forEach((word, n) -> notes.add(n + " images are skipped because their label '" + word
                + "' says that it is not known; if it is a class, name it among --classes"));
        ImageFolder found = files.source();
        // Files that the table does not name are ignored, except those stored twice.
        notes.addAll(new ImageFolder(List.of(), List.of(), List.of(), found.twins()).notes());
        skipped.addAll(unreached);
        return new SourceListing(grouped, extraNames, skipped, found.others().size(), missing, partWords, notes);
    }
}
