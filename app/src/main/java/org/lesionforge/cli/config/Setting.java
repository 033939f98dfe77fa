package org.lesionforge.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            Set.of("options", "remedies", "classifier", "training", "soft-labels", "optimisation", "probe", "computed");

    /** Other objects in it, with the prefix of their options' names. */
    private static final Map<String, String> PREFIXES = Map.of("measuring", "metric");

    /** In a run's {@code config.json}: the object that has one for each family of generators. */
    private static final String GENERATORS = "generators";
    /** The prefix of their options, and what was there while there was one family. */
    private static final String GAN = "gan";

    private static final String OLD_FAMILY = "dcgan";

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
     * {@code ganWidth}, {@code gan.width} and {@code generators.dcgan.width}.
     */
    String name() {
        return name(path);
    }

    /** The same for the enclosing object: {@code part-map} for {@code part_map.val}; empty on the outermost level. */
    String parentName() {
        return name(path.subList(0, path.size() - 1));
    }

    /**
     * Where it lies in the options of a generator of an experiment: {@code remedies}, {@code r1} for
     * {@code options.gan.remedies.r1} as for {@code options.generators.dcgan.remedies.r1}; empty for any other.
     */
    public Optional<List<String>> generatorOption() {
        List<String> today = withoutFamily(path);
        return today.size() > 2
                        && today.get(0).equals("options")
                        && today.get(1).equals(GAN)
                ? Optional.of(today.subList(2, today.size()))
                : Optional.empty();
    }

    /** The family of generators of an experiment that it is an option of; empty for any other. */
    public Optional<String> family() {
        return generatorOption()
                .map(unused -> path.indexOf(GENERATORS) < 0 ? OLD_FAMILY : path.get(path.indexOf(GENERATORS) + 1));
    }

    /** Whether another family has the same option with the same value: options of the command line are of all families. */
    boolean isSameOfOtherGenerator(Setting other) {
        return generatorOption().isPresent()
                && generatorOption().equals(other.generatorOption())
                && !path.equals(other.path)
                && values.equals(other.values);
    }

    /** {@code generators}, and the name in it of a family, are {@code gan} as in the names of options. */
    private static List<String> withoutFamily(List<String> path) {
        int at = path.indexOf(GENERATORS);
        if (at < 0 || at + 2 >= path.size()) {
            return path;
        }
        List<String> without = new ArrayList<>(path.subList(0, at));
        without.add(GAN);
        without.addAll(path.subList(at + 2, path.size()));
        return without;
    }

    private static String name(List<String> path) {
        return withoutFamily(path).stream()
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
