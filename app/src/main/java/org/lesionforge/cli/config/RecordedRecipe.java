package org.lesionforge.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recipe that a run's {@code config.json} means by saying nothing: versions that had no other than the paper's did not write it, and a run by it still
 * does not. Whatever a command would take by itself, who asks for the same again gets the same.
 */
final class RecordedRecipe {
    /** A key that every classifier's options have, and one that all have but those of the paper's recipe. */
    private static final String ALWAYS = "auxiliary_weight";

    private static final String OTHERS = "training";
    private static final String RECIPE = "recipe";
    private static final String PAPER = "paper";

    private RecordedRecipe() {}

    /** The same settings, with {@code recipe: paper} beside the options of a classifier whose recipe is not recorded. */
    static List<Setting> named(List<Setting> settings) {
        Optional<Setting> found = settings.stream()
                .filter(setting -> setting.path().get(0).equals("options")
                        && setting.lastKey().equals(ALWAYS))
                .findFirst();
        if (found.isEmpty() || has(settings, OTHERS) || isFrozen(settings)) {
            return settings;
        }
        List<String> path = new ArrayList<>(found.get().path());
        path.set(path.size() - 1, RECIPE);
        List<Setting> named = new ArrayList<>(settings);
        named.add(new Setting(path, List.of(PAPER), false, found.get().line()));
        return named;
    }

    private static boolean has(List<Setting> settings, String section) {
        return settings.stream().anyMatch(setting -> setting.path().contains(section));
    }

    /** The last layer alone has no recipe. */
    private static boolean isFrozen(List<Setting> settings) {
        return settings.stream()
                .anyMatch(setting ->
                        setting.lastKey().equals("freeze") && setting.values().equals(List.of("true")));
    }
}
