package org.lesionforge.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the labels of a table mean, where they are not simply the names of classes.
 *
 * @param labelColumns names that the label's column may have, the best first; empty for the usual ones
 * @param classes the class that a label stands for, by the label in lower case; images of other labels are left out and counted. Empty: labels
 *     are classes
 * @param oneHot columns of which the one that holds 1 names the label; empty when the label has a column of its own
 * @param more a table with further columns of the same images
 * @param constants columns that every image gets, unless the table has them: a licence that holds for all
 */
public record LabelReading(
        List<String> labelColumns,
        Map<String, String> classes,
        List<String> oneHot,
        Optional<Path> more,
        Map<String, String> constants) {

    /** Labels are classes. */
    public static final LabelReading PLAIN =
            new LabelReading(List.of(), Map.of(), List.of(), Optional.empty(), Map.of());

    /** Labels are the names of classes, whatever they meant before. */
    public LabelReading withLabelsAsClasses() {
        return new LabelReading(List.of(), Map.of(), oneHot, more, constants);
    }

    /** As this, where labels are numbers and class 0, 1, … is called so; several may have one name. */
    public LabelReading withClassNames(List<String> names) {
        return new LabelReading(labelColumns, MedMnist.byNumber(names), oneHot, more, constants);
    }

    Optional<String> classOf(String label) {
        return classes.isEmpty()
                ? Optional.of(label)
                : Optional.ofNullable(classes.get(label.toLowerCase(Locale.ROOT)));
    }
}
