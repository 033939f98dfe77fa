package org.lesionforge.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A CSV file of labels and its columns. A column that is not named is recognised by its usual names; the part column is used only when
 * named, and a column that looks like one and is not named stops the reading unless parts are {@linkplain PartNames#ignored ignored}.
 *
 * @param file with a header line
 * @param id of the image; the column path will do instead
 * @param label name of the class
 * @param groups columns of the patient, the lesion, …: images that agree in one of them belong together; empty to recognise them
 * @param path of the image file, relative to the CSV or to the source folder; without it files are found by their id
 * @param part the part an image is in
 * @param reading what the labels mean
 */
public record LabelColumns(
        Path file,
        Optional<String> id,
        Optional<String> label,
        List<String> groups,
        Optional<String> path,
        Optional<String> part,
        LabelReading reading) {

    /** The value of {@code groups} that means: no groups, not even recognised ones. */
    public static final String NO_GROUPS = "none";

    /** Labels are classes. */
    public LabelColumns(
            Path file,
            Optional<String> id,
            Optional<String> label,
            List<String> groups,
            Optional<String> path,
            Optional<String> part) {
        this(file, id, label, groups, path, part, LabelReading.PLAIN);
    }

    /** All columns recognised by their usual names. */
    public static LabelColumns recognised(Path file) {
        return new LabelColumns(
                file, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** As this, with the parts from a column. */
    public LabelColumns withPart(String column) {
        return new LabelColumns(file, id, label, groups, path, Optional.of(column), reading);
    }

    /** As this, with labels that mean something. */
    public LabelColumns withReading(LabelReading newReading) {
        return new LabelColumns(file, id, label, groups, path, part, newReading);
    }
}
