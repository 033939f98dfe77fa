package org.lesionforge.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.UnusableInputException;

/**
 * The columns of a label file by meaning.
 *
 * @param label empty where labels are in one-hot columns
 * @param extras the columns kept beside the data set's own
 */
record CsvHeader(
        Optional<String> id,
        Optional<String> label,
        List<String> groups,
        Optional<String> path,
        Optional<String> part,
        List<String> extras) {

    private static final List<String> ID_NAMES =
            List.of("image_id", "isic_id", "image_name", "image", "img_id", "id", "name");
    private static final List<String> LABEL_NAMES =
            List.of("label", "class", "benign_malignant", "diagnosis_1", "target", "diagnosis", "dx");
    private static final List<String> GROUP_NAMES = List.of("patient_id", "lesion_id", "group");
    private static final List<String> PATH_NAMES =
            List.of("path", "file_path", "filepath", "image_path", "file", "file_name", "filename");

    /**
     * @param own the columns of the table itself, which take precedence where a usual name is searched
     * @param all these and those of the metadata table
     * @param columns the named columns; the label's is not searched where there are one-hot columns
     * @throws UnusableInputException when a column is missing; the message names the existing ones
     */
    static CsvHeader of(CsvTable own, CsvTable all, LabelColumns columns) {
        Finder finder = new Finder(own, all, columns);
        Optional<String> path = finder.path();
        Optional<String> id = finder.id();
        Optional<String> label = columns.reading().oneHot().isEmpty() ? Optional.of(finder.label()) : Optional.empty();
        Optional<String> part = finder.named(columns.part());
        List<String> extras = new ArrayList<>(all.header());
        Stream.of(id, label, path, part).flatMap(Optional::stream).forEach(extras::remove);
        return new CsvHeader(id, label, finder.groups(), path, part, List.copyOf(extras));
    }

    /**
     * The column that identifies a line's image: its id, else its path.
     *
     * @throws UnusableInputException when there is none
     */
    static String image(CsvTable table, LabelColumns columns) {
        Finder finder = new Finder(table, table, columns);
        return finder.id().or(finder::path).orElseThrow(() -> finder.missing("of image ids", "--id-column NAME"));
    }

    /** The columns that are not used for ids, paths, groups or parts. */
    static List<String> others(CsvTable table, LabelColumns columns) {
        List<String> others = new ArrayList<>(table.header());
        others.remove(image(table, columns));
        others.removeAll(columns.groups());
        Stream.of(columns.path(), columns.part()).flatMap(Optional::stream).forEach(others::remove);
        others.removeIf(name -> GROUP_NAMES.stream().anyMatch(name::equalsIgnoreCase));
        return others;
    }

    /** The id column of a metadata table: a recognised one, else the first. */
    static String imageOfSecond(CsvTable table) {
        return table.header().stream()
                .filter(name -> ID_NAMES.stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .orElse(table.header().get(0));
    }

    /** Whether a column of this name is named or recognised. */
    static Predicate<String> known(LabelColumns columns) {
        Set<String> named = new HashSet<>();
        Stream.of(columns.id(), columns.label(), columns.path(), columns.part())
                .flatMap(Optional::stream)
                .forEach(named::add);
        named.addAll(columns.groups());
        List<String> further = new ArrayList<>(GROUP_NAMES);
        further.addAll(columns.reading().labelColumns());
        further.addAll(columns.reading().oneHot());
        return name -> named.contains(name)
                || namesImageOrLabel(name)
                || further.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether a column of this name would be recognised. */
    static boolean namesImageOrLabel(String name) {
        return Stream.of(ID_NAMES, PATH_NAMES, LABEL_NAMES)
                .flatMap(List::stream)
                .anyMatch(name::equalsIgnoreCase);
    }

    /** Names of the extra columns in the data set's table, without duplicates. */
    static List<String> extraNames(List<String> extras) {
        List<String> names = new ArrayList<>();
        for (String extra : extras) {
            String name = extra;
            while (Dataset.COLUMNS.contains(name)
                    || names.contains(name)
                    || (!name.equals(extra) && extras.contains(name))) {
                name = "source_" + name;
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public String toString() {
        return "columns: id " + id.orElse("none") + ", label " + label.orElse("one-hot") + ", group "
                + (groups.isEmpty() ? "none" : String.join("+", groups)) + ", path " + path.orElse("none") + ", part "
                + part.orElse("none");
    }

    private record Finder(CsvTable own, CsvTable all, LabelColumns columns) {
        Optional<String> path() {
            return named(columns.path()).or(() -> usual(PATH_NAMES, "--path-column"));
        }

        Optional<String> id() {
            return named(columns.id()).or(() -> usual(ID_NAMES, "--id-column"));
        }

        String label() {
            List<String> usual = columns.reading().labelColumns();
            return named(columns.label())
                    .or(() -> usual(usual.isEmpty() ? LABEL_NAMES : usual, "--label-column"))
                    .orElseThrow(() -> {
                        List<String> oneHot = OneHotColumns.suspected(own);
                        return missing(
                                "of labels",
                                "--label-column NAME"
                                        + (oneHot.isEmpty()
                                                ? ""
                                                : "; or, since one of these holds 1 in each line, with --one-hot "
                                                        + String.join(",", oneHot)));
                    });
        }

        Optional<String> named(Optional<String> wanted) {
            wanted.filter(name -> !all.header().contains(name)).ifPresent(name -> {
                throw new UnusableInputException(
                        columns.file() + " has no column '" + name + "'; it has " + all.header());
            });
            return wanted;
        }

        private Optional<String> usual(List<String> usualNames, String option) {
            return usual(own.header(), usualNames, option).or(() -> usual(all.header(), usualNames, option));
        }

        private Optional<String> usual(List<String> names, List<String> usualNames, String option) {
            for (String usual : usualNames) {
                List<String> found =
                        names.stream().filter(usual::equalsIgnoreCase).toList();
                if (found.size() > 1) {
                    throw new UnusableInputException(
                            columns.file() + " has the columns " + found + "; say which is meant with " + option);
                }
                if (!found.isEmpty()) {
                    return Optional.of(found.get(0));
                }
            }
            return Optional.empty();
        }

        List<String> groups() {
            if (columns.groups().equals(List.of(LabelColumns.NO_GROUPS))) {
                return List.of();
            }
            if (columns.groups().isEmpty()) {
                return all.header().stream()
                        .filter(name -> GROUP_NAMES.stream().anyMatch(name::equalsIgnoreCase))
                        .toList();
            }
            columns.groups().forEach(name -> named(Optional.of(name)));
            return columns.groups();
        }

        UnusableInputException missing(String what, String option) {
            return new UnusableInputException(columns.file() + " has no column " + what + " that is recognised; it has "
                    + all.header() + ": name it with " + option);
        }
    }
}
