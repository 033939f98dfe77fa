package org.lesionforge.data;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;

/**
 * Which columns of a label file mean what.
 *
 * @param extras the columns kept beside the data set's own
 */
record CsvHeader(
        Optional<String> id,
        String label,
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

    /** @throws UnusableInputException when a column is missing; the message names those there are */
    static CsvHeader of(List<String> names, LabelColumns columns) {
        Finder finder = new Finder(names, columns);
        Optional<String> path = finder.named(columns.path()).or(() -> finder.usual(PATH_NAMES));
        Optional<String> id = finder.named(columns.id()).or(() -> finder.usual(ID_NAMES));
        if (id.isEmpty() && path.isEmpty()) {
            throw finder.missing("of image ids", "--id-column");
        }
        String label = finder.named(columns.label())
                .or(() -> finder.usual(
                        columns.reading().labelColumns().isEmpty()
                                ? LABEL_NAMES
                                : columns.reading().labelColumns()))
                .orElseThrow(() -> finder.missing("of labels", "--label-column"));
        List<String> groups = finder.groups();
        Optional<String> part = finder.named(columns.part());
        List<String> extras = new ArrayList<>(names);
        extras.remove(label);
        id.ifPresent(extras::remove);
        path.ifPresent(extras::remove);
        part.ifPresent(extras::remove);
        return new CsvHeader(id, label, groups, path, part, List.copyOf(extras));
    }

    List<String> extraNames() {
        return extras.stream()
                .map(name -> LabelFile.OWN_COLUMNS.contains(name) ? "source_" + name : name)
                .toList();
    }

    List<String> extra(NamedCsvRecord line) {
        return extras.stream().map(line::getField).toList();
    }

    @Override
    public String toString() {
        return "columns: id " + id.orElse("none") + ", label " + label + ", group "
                + (groups.isEmpty() ? "none" : String.join("+", groups)) + ", path " + path.orElse("none") + ", part "
                + part.orElse("none");
    }

    private record Finder(List<String> names, LabelColumns columns) {
        Optional<String> named(Optional<String> wanted) {
            wanted.filter(name -> !names.contains(name)).ifPresent(name -> {
                throw new UnusableInputException(columns.file() + " has no column '" + name + "'; it has " + names);
            });
            return wanted;
        }

        Optional<String> usual(List<String> usualNames) {
            return usualNames.stream()
                    .flatMap(usual -> names.stream().filter(usual::equalsIgnoreCase))
                    .findFirst();
        }

        List<String> groups() {
            if (columns.groups().equals(List.of(LabelColumns.NO_GROUPS))) {
                return List.of();
            }
            if (columns.groups().isEmpty()) {
                return names.stream()
                        .filter(name -> GROUP_NAMES.stream().anyMatch(name::equalsIgnoreCase))
                        .toList();
            }
            columns.groups().forEach(name -> named(Optional.of(name)));
            return columns.groups();
        }

        UnusableInputException missing(String what, String option) {
            return new UnusableInputException(columns.file() + " has no column " + what + " that is recognised; it has "
                    + names + ": name it with " + option);
        }
    }
}
