package org.lesionforge.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.data.ClassNames;

/**
 * How a table's labels are interpreted, where they are not simply class names.
 *
 * @param labelColumns possible names of the label column, the best first; empty for the usual ones
 * @param classes classes by label in lower case; images of other labels are left out and counted. Empty: labels are
 *     classes
 * @param oneHot one-hot columns, of which the one with 1 names the label; empty when there is a label column
 * @param more a table with further columns of the same images, such as their lesions
 * @param constants columns with the same value for every image, unless the table has them: a licence of all images
 * @param servers whether the labels come from a server, so that the user cannot correct them: characters that are
 *     invalid in a class name become {@code _}
 */
public record LabelReading(
        List<String> labelColumns,
        Map<String, String> classes,
        List<String> oneHot,
        Optional<Path> more,
        Map<String, String> constants,
        boolean servers) {

    /** Labels are classes. */
    public static final LabelReading PLAIN =
            new LabelReading(List.of(), Map.of(), List.of(), Optional.empty(), Map.of(), false);

    /** {@return this reading where labels are the names of classes, whatever they meant before} */
    public LabelReading withLabelsAsClasses() {
        return new LabelReading(List.of(), Map.of(), oneHot, more, constants, servers);
    }

    /**
     * {@return this reading where labels are numbers and class 0, 1, … is called so; several may have one name}
     *
     * @param names by number
     */
    public LabelReading withClassNames(List<String> names) {
        return new LabelReading(labelColumns, MedMnist.byNumber(names), oneHot, more, constants, servers);
    }

    /**
     * {@return this reading where one of these columns holds 1 and so names the label}
     *
     * @param columns at least two; none where the label has a column of its own
     */
    public LabelReading withOneHot(List<String> columns) {
        return new LabelReading(labelColumns, classes, List.copyOf(columns), more, constants, servers);
    }

    /**
     * {@return this reading with a table of further columns}
     *
     * @param table a CSV file of the same images
     */
    public LabelReading withMore(Path table) {
        return new LabelReading(labelColumns, classes, oneHot, Optional.of(table), constants, servers);
    }

    Optional<String> classOf(String label) {
        if (classes.isEmpty()) {
            return Optional.of(servers ? ClassNames.usable(label) : label);
        }
        return Optional.ofNullable(classes.get(label.toLowerCase(Locale.ROOT)));
    }
}
