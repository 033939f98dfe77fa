package org.lesionforge.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Turns the settings of a file into arguments of a command. */
final class ConfigOptions {
    private final Path file;
    private final CommandSpec command;
    private final ConfigKeys keys;

    ConfigOptions(Path file, CommandSpec command) {
        this.file = file;
        this.command = command;
        keys = new ConfigKeys(command);
    }

    /** As {@link ConfigKeys#entry}. */
    Setting entry(Setting setting) {
        return keys.entry(setting);
    }

    /** {@code tiny.yaml, line 3: gan_width: } */
    static String where(Path file, Setting setting) {
        return file + ", line " + setting.line() + ": " + setting.key() + ": ";
    }

    /**
     * The option or parameter of a setting; empty for keys that a run only records.
     *
     * @throws ParameterException when there is none, or when the recorded value is not possible with this command
     */
    Optional<ArgSpec> find(Setting setting) {
        if (keys.isRecord(setting)) {
            keys.onlyValue(setting)
                    .filter(value -> !List.of(value).equals(setting.values()))
                    .ifPresent(value -> {
                        throw wrong(
                                setting,
                                "is " + shown(setting) + ", and '" + command.qualifiedName()
                                        + "' has no option for that: it can be nothing but " + value + " here");
                    });
            return Optional.empty();
        }
        Optional<ArgSpec> arg = keys.find(setting);
        if (arg.isEmpty()) {
            throw wrong(setting, "'" + command.qualifiedName() + "' has no such option" + keys.suggestion(setting));
        }
        return arg;
    }

    /**
     * @throws ParameterException when {@code other} sets the same option as {@code setting}, except entries of one
     * object
     */
    void requireOnce(Setting setting, Setting other) {
        if (other != null && !(keys.isEntry(setting) && keys.isEntry(other))) {
            throw wrong(setting, "line " + other.line() + " (" + other.key() + ") has set the same already");
        }
    }

    /** @throws ParameterException when the option cannot have these values */
    List<String> arguments(Setting setting, ArgSpec arg) {
        if (arg instanceof OptionSpec option && isFlag(option)) {
            return flag(setting, option);
        }
        if (setting.list() && !arg.isMultiValue()) {
            throw wrong(setting, "takes one value, not a list");
        }
        if (keys.isEntry(setting) && setting.list()) {
            throw wrong(setting, "each word has one meaning, not a list of them");
        }
        String start = arg instanceof OptionSpec option ? option.longestName() + "=" : "";
        String entry = keys.isEntry(setting) ? setting.lastKey() + "=" : "";
        return setting.values().stream()
                .map(value -> start + entry + (setting.list() ? whole(setting, arg, value) : value))
                .toList();
    }

    private static boolean isFlag(OptionSpec option) {
        return option.typeInfo().isBoolean() && option.arity().max() == 0;
    }

    private List<String> flag(Setting setting, OptionSpec option) {
        String value = setting.values().size() == 1 && !setting.list()
                ? setting.values().get(0).toLowerCase(Locale.ROOT)
                : "";
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(setting, "is true or false, got " + shown(setting));
        }
        if (value.equals("true") != keys.isNegation(setting)) {
            return List.of(option.longestName());
        }
        // Given explicitly, so that it is not taken from --fast.
        return List.of(keys.negation(option).orElse(option.longestName() + "=false"));
    }

    /** Refuses commas: picocli splits a value at commas, but an element of a list is already split. */
    private String whole(Setting setting, ArgSpec arg, String element) {
        if (!arg.splitRegex().isEmpty() && element.split(arg.splitRegex(), -1).length > 1) {
            throw wrong(setting, "'" + element + "' has a comma, which divides one element from the next");
        }
        return element;
    }

    private static String shown(Setting setting) {
        return setting.list()
                ? setting.values().toString()
                : "'" + setting.values().get(0) + "'";
    }

    private ParameterException wrong(Setting setting, String problem) {
        return new ParameterException(command.commandLine(), where(file, setting) + problem);
    }
}
