package org.lesionforge.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionforge.data.Metadata;

/**
 * The licences and owners in a source's table.
 *
 * @param column of the table: a licence, or the owner to credit
 * @param images number of images by value; the empty word stands for those without one
 */
public record Licence(String column, Map<String, Integer> images) {
    private static final Pattern NAMES = Pattern.compile("(?i).*(licen[cs]e|attribution|copyright).*");
    private static final Pattern RESTRICTING =
            Pattern.compile("(?i).*\\b(nc|nd)\\b.*|.*non-?commercial.*|.*no-?deriv.*");

    static List<Licence> all(Metadata metadata) {
        return metadata.columns().stream()
                .filter(column -> NAMES.matcher(column).matches())
                .map(column -> {
                    Map<String, Integer> images = new TreeMap<>();
                    metadata.values(column).forEach(value -> images.merge(value, 1, Integer::sum));
                    return new Licence(column, images);
                })
                .toList();
    }

    static Stream<Finding> findings(List<Licence> licences) {
        if (licences.isEmpty()) {
            return Stream.of(Finding.note("no column of the source names a licence; what may be done with the images, "
                    + "and with synthetic ones made from them, has to be looked up"));
        }
        return licences.stream().flatMap(Licence::findings);
    }

    private Stream<Finding> findings() {
        List<String> restricting = images.keySet().stream()
                .filter(value -> RESTRICTING.matcher(value).matches())
                .toList();
        return Stream.concat(
                Stream.of(images.getOrDefault("", 0))
                        .filter(none -> none > 0)
                        .map(none -> Finding.note(none + " images have nothing in column '" + column + "'")),
                restricting.isEmpty()
                        ? Stream.empty()
                        : Stream.of(Finding.note("column '" + column + "' has licences that forbid commercial use or "
                                + "changed versions: " + String.join(", ", restricting))));
    }
}
