package org.lesionforge.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One value, or one list of values, in a file of settings.
 *
 * @param path the keys that lead to it, as spelt in the file
 * @param values as written in the file, not yet converted
 * @param list whether they are a list, possibly of one value
 * @param line number of its first line, from 1
 */
public record Setting(List<String> path, List<String> values, boolean list, int line) {
    /** Objects in a run's {@code config.json} whose keys are options by their own names. */
    private static final Set<String> SECTIONS =
            Set.of("options", "remedies", "classifier", "training", "soft-labels", "optimisation");

    /** Other objects in it, with the prefix of their options' names. */
    private static final Map<String, String> PREFIXES = Map.of("measuring", "metric");

    public Setting {
        path = List.copyOf(path);
        values = List.copyOf(values);
    }

    /** {@code options.gan.width} */
    public String key() {
        return String.join(".", path);
    }

    String lastKey() {
        return path.get(path.size() - 1);
    }

    /**
     * The name as an option without its dashes: {@code gan-width} for {@code gan-width}, {@code gan_width},
     * {@code ganWidth} and {@code gan.width}.
     */
    String name() {
        return name(path);
    }

    /** The same for the enclosing object: {@code part-map} for {@code part_map.val}; empty on the outermost level. */
    String parentName() {
        return name(path.subList(0, path.size() - 1));
    }

    private static String name(List<String> path) {
        return path.stream()
                .map(Setting::hyphenated)
                .filter(key -> !SECTIONS.contains(key))
                .map(key -> PREFIXES.getOrDefault(key, key))
                .collect(Collectors.joining("-"));
    }

    /**
     * Normalises to the spelling of options: {@code --lr}, {@code label_smoothing} and {@code labelSmoothing} become
     * {@code lr} and {@code label-smoothing}.
     */
    static String hyphenated(String key) {
        return key.replaceFirst("^--", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
