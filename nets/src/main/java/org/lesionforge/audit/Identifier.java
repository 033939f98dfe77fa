package org.lesionforge.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Metadata;
import org.lesionforge.data.MissingValue;

/**
 * A column that identifies images that belong together.
 *
 * @param column its name; {@code group} is the data set's own
 * @param values number of distinct values
 * @param acrossParts the values that are in more than one part
 * @param otherLabel the values that have more than one label; for a lesion that is a contradiction, for a patient it is not
 */
public record Identifier(String column, int values, List<String> acrossParts, List<String> otherLabel) {
    private static final String GROUP = "group";
    private static final Pattern NAMES = Pattern.compile("(?i).*(patient|subject|lesion|case)[_ ]?(id|nr|number)?");
    private static final Pattern LESION = Pattern.compile("(?i).*lesion.*");
    private static final int SHOWN = 5;

    /** The data set's own groups, then every column of the source that is named like an identifier. */
    static List<Identifier> all(Dataset dataset, Metadata metadata) {
        List<Identifier> all = new ArrayList<>();
        all.add(of(dataset, GROUP, i -> dataset.images().get(i).group()));
        for (String column : metadata.columns()) {
            if (NAMES.matcher(column).matches()) {
                List<String> values = metadata.values(column);
                all.add(of(dataset, column, i -> MissingValue.is(values.get(i)) ? "" : values.get(i)));
            }
        }
        return List.copyOf(all);
    }

    private static Identifier of(Dataset dataset, String column, IntFunction<String> value) {
        Map<String, Set<Object>> parts = new TreeMap<>();
        Map<String, Set<Object>> labels = new TreeMap<>();
        for (int i = 0; i < dataset.images().size(); i++) {
            String id = value.apply(i);
            if (!id.isEmpty()) {
                parts.computeIfAbsent(id, any -> new HashSet<>())
                        .add(dataset.images().get(i).part());
                labels.computeIfAbsent(id, any -> new HashSet<>())
                        .add(dataset.images().get(i).label());
            }
        }
        return new Identifier(column, parts.size(), withSeveral(parts), withSeveral(labels));
    }

    private static List<String> withSeveral(Map<String, Set<Object>> sets) {
        return sets.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    Stream<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!acrossParts.isEmpty()) {
            findings.add(Finding.leak(acrossParts.size() + " of " + values + " values of '" + column
                    + "' are in more than one part: " + some(acrossParts)
                    + "; prepare again with --group-column " + column));
        }
        if (!otherLabel.isEmpty() && LESION.matcher(column).matches()) {
            findings.add(Finding.warning(otherLabel.size() + " values of '" + column + "' have more than one label: "
                    + some(otherLabel) + "; one of the labels must be wrong"));
        }
        return findings.stream();
    }

    private static String some(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size()))) + (ids.size() > SHOWN ? ", …" : "");
    }
}
