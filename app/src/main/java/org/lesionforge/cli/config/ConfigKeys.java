package org.lesionforge.cli.config;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/**
 * The keys of a command in a file of settings: its options and parameters, by their names and by their names in runs.
 */
final class ConfigKeys {
    /** Options that concern only one call. */
    private static final List<String> NOT_IN_FILES = List.of("--config", "--help", "--version");

    /** Placeholder for a key that is a name given by the user. */
    private static final String ANY = "*";

    private final CommandSpec command;
    private final Map<String, ArgSpec> args = new LinkedHashMap<>();
    private final Map<String, String> recorded = new LinkedHashMap<>();
    private final Set<String> recordedEntries = new HashSet<>();

    ConfigKeys(CommandSpec command) {
        this.command = command;
        for (OptionSpec option : command.options()) {
            if (NOT_IN_FILES.stream().noneMatch(List.of(option.names())::contains)) {
                List.of(option.names()).forEach(name -> args.put(Setting.hyphenated(name), option));
                recordedAs(option).ifPresent(name -> args.put(name, option));
                if (option.userObject() instanceof AnnotatedElement field
                        && field.isAnnotationPresent(RecordedAs.class)) {
                    recordedEntries.add(field.getAnnotation(RecordedAs.class).value());
                }
            }
        }
        command.negatedOptionsMap().forEach((name, option) -> args.put(Setting.hyphenated(name), option));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            args.putIfAbsent(parameter.paramLabel().toLowerCase(Locale.ROOT), parameter);
        }
        Records records = command.userObject().getClass().getAnnotation(Records.class);
        for (String each : records == null ? new String[0] : records.value()) {
            String[] parts = each.split("=", 2);
            recorded.put(parts[0], parts.length == 2 ? parts[1] : null);
        }
    }

    /** Also without a prefix such as {@code gan-} of the option's name. */
    static Optional<String> recordedAs(OptionSpec option) {
        if (!(option.userObject() instanceof AnnotatedElement field) || !field.isAnnotationPresent(RecordedAs.class)) {
            return Optional.empty();
        }
        if (field.getAnnotation(RecordedAs.class).value().contains(ANY)) {
            return Optional.empty();
        }
        String own = Setting.hyphenated(field.getAnnotation(Option.class).names()[0]);
        String recorded =
                Setting.hyphenated(field.getAnnotation(RecordedAs.class).value());
        return Stream.of(option.names())
                .map(Setting::hyphenated)
                .filter(name -> name.equals(own) || name.endsWith("-" + own))
                .map(name -> name.substring(0, name.length() - own.length()) + recorded)
                .findFirst();
    }

    /** Whether a run records it although it is not an option. */
    boolean isRecord(Setting setting) {
        String last = setting.lastKey();
        return last.equals("sha256")
                || last.endsWith("_sha256")
                || last.equals("format_version")
                || recorded.containsKey(setting.key())
                || recorded.containsKey(withAnyName(setting));
    }

    /** {@code external.NAME.folder} as {@code external.NAME}, where runs record the entries of an option so. */
    Setting entry(Setting setting) {
        return setting.path().size() == 3 && recordedEntries.contains(withAnyName(setting))
                ? new Setting(setting.path().subList(0, 2), setting.values(), setting.list(), setting.line())
                : setting;
    }

    private static String withAnyName(Setting setting) {
        List<String> path = setting.path();
        if (path.size() < 3) {
            return setting.key();
        }
        List<String> any = new ArrayList<>(path);
        any.set(path.size() - 2, ANY);
        return String.join(".", any);
    }

    /** The only value allowed for a recorded key, if there is one. */
    Optional<String> onlyValue(Setting setting) {
        return Optional.ofNullable(recorded.get(setting.key()));
    }

    /** The option or parameter of a key; an option of several KEY=VALUE also takes an object. */
    Optional<ArgSpec> find(Setting setting) {
        return Optional.ofNullable(args.get(setting.name()))
                .or(() -> Optional.ofNullable(args.get(setting.parentName()))
                        .filter(arg -> arg.paramLabel().contains("=")));
    }

    /** Whether a key is one entry of such an object. */
    boolean isEntry(Setting setting) {
        return !args.containsKey(setting.name());
    }

    /** Whether a key is the negation of its option: {@code no_flips}. */
    boolean isNegation(Setting setting) {
        return command.negatedOptionsMap().containsKey("--" + setting.name());
    }

    /** The negated name of an option, if it has one. */
    Optional<String> negation(OptionSpec option) {
        return command.negatedOptionsMap().entrySet().stream()
                .filter(entry -> entry.getValue().equals(option))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A question with the key that was probably meant; empty where none is similar. */
    String suggestion(Setting setting) {
        return Spelling.nearest(setting.name(), args.keySet())
                .map(name -> "; did you mean " + name.replace('-', '_') + "?")
                .orElse("");
    }
}
