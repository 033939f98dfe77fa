package org.lesionforge.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One value, or one list of values, in a file of settings.
 *
 * @param path the keys that lead to it, as the file spells them
 * @param values as the file spells them, not yet of any type
 * @param list whether they are a list, be it of one
 * @param line where it begins, from 1
 */
public record Setting(List<String> path, List<String> values, boolean list, int line) {
    /** Objects in a run's {@code config.json}, by what they add to the names of the options in them. */
    private static final Map<String, String> SECTIONS =
            Map.of("options", "", "remedies", "", "classifier", "", "measuring", "metric");

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

    /** As the option would be called, without its dashes: {@code gan-width}, be it spelt so, {@code gan_width}, {@code ganWidth} or {@code gan.width}. */
    String name() {
        return name(path);
    }

    /** The same of what it is in: for {@code part_map.val} {@code part-map}; empty on the outermost level. */
    String parentName() {
        return name(path.subList(0, path.size() - 1));
    }

    private static String name(List<String> path) {
        return path.stream()
                .map(Setting::hyphenated)
                .map(key -> SECTIONS.getOrDefault(key, key))
                .filter(key -> !key.isEmpty())
                .collect(Collectors.joining("-"));
    }

    /** The spelling of options: {@code --lr}, {@code label_smoothing} and {@code labelSmoothing} become {@code lr} and {@code label-smoothing}. */
    static String hyphenated(String key) {
        return key.replaceFirst("^--", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
