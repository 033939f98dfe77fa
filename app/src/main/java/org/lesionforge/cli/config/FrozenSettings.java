package org.lesionforge.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * The settings of a recorded classifier that mean nothing where its last layer alone is fitted. A run's {@code config.json} holds all options of
 * a classifier; as options of a command these are refused beside {@code --freeze}, so that they are passed over. What a person writes into a
 * file of settings is not.
 */
final class FrozenSettings {
    private static final String FREEZE = "freeze";
    private static final Set<String> MEANINGLESS = Set.of(
            "recipe",
            "training",
            "epochs",
            "epoch_images",
            "batch",
            "micro_batch",
            "learning_rate",
            "auxiliary_weight",
            "flips",
            "rotation",
            "selection");

    /** Beside the classifier in the options of an experiment. */
    private static final String BUDGET = "budget";

    /** What meant nothing to the record of a classifier whose every layer was trained. */
    private static final Set<String> FROZEN_ALONE = Set.of("views", "probe");

    private FrozenSettings() {}

    /**
     * All settings but those.
     *
     * @param given what is typed, which decides before the record whether the last layer alone is fitted
     */
    static List<Setting> without(List<Setting> settings, ParseResult given) {
        Optional<Setting> recorded = settings.stream()
                .filter(setting -> setting.path().get(0).equals("options")
                        && setting.lastKey().equals(FREEZE))
                .findFirst();
        if (recorded.isEmpty()) {
            return settings;
        }
        boolean wasFrozen = recorded.get().values().equals(List.of("true"));
        boolean frozen = given.matchedOptionValue("--" + FREEZE, wasFrozen);
        List<String> classifier =
                recorded.get().path().subList(0, recorded.get().path().size() - 1);
        return frozen
                ? settings.stream()
                        .filter(setting -> !isOf(MEANINGLESS, setting.path(), classifier)
                                && !isOf(Set.of(BUDGET), setting.path(), classifier.subList(0, 1))
                                && (wasFrozen || !isOf(FROZEN_ALONE, setting.path(), classifier)))
                        .toList()
                : settings;
    }

    private static boolean isOf(Set<String> keys, List<String> path, List<String> classifier) {
        int depth = classifier.size();
        return path.size() > depth && path.subList(0, depth).equals(classifier) && keys.contains(path.get(depth));
    }
}
