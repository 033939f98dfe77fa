package org.lesionforge.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line with the options of its {@code --config FILE} added. Options that the command line has itself are not
 * added, so it takes precedence; picocli treats the others as if they had been typed.
 */
public final class ConfiguredArguments {
    private final String[] arguments;
    private final @Nullable Path file;
    private final Map<ArgSpec, Setting> used;

    private ConfiguredArguments(String[] arguments, @Nullable Path file, Map<ArgSpec, Setting> used) {
        this.arguments = arguments;
        this.file = file;
        this.used = used;
    }

    /**
     * @throws ParameterException when the file has an option that the command does not have
     * @throws UnusableInputException when the file cannot be read
     */
    public static ConfiguredArguments of(CommandLine program, String... arguments) {
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--config") || argument.startsWith("@"))) {
            return none(arguments);
        }
        GivenArguments given = GivenArguments.of(program, arguments);
        Path file = given.command().matchedOptionValue("--config", null);
        return file == null || !given.isCall()
                ? none(given.arguments())
                : with(file, ConfigFile.read(file), List.of(), given);
    }

    /** Only what was typed. */
    public static ConfiguredArguments none(String... arguments) {
        return new ConfiguredArguments(arguments, null, Map.of());
    }

    /**
     * With the options of a file.
     *
     * @param settings those of {@code file} to use
     * @param others further options to add
     * @throws ParameterException when the command has no option for a setting
     */
    public static ConfiguredArguments with(
            Path file, List<Setting> settings, List<String> others, GivenArguments given) {
        ParseResult last = given.command();
        Map<ArgSpec, Setting> used = new LinkedHashMap<>();
        ConfigOptions options = new ConfigOptions(file, last.commandSpec());
        List<String> first = new ArrayList<>(others);
        Map<Integer, List<String>> parameters = new TreeMap<>();
        for (Setting written : FrozenSettings.without(settings, last)) {
            Setting setting = options.entry(written);
            Optional<ArgSpec> arg = options.find(setting);
            boolean known =
                    arg.map(used::get).filter(setting::isSameOfOtherGenerator).isPresent();
            if (arg.isPresent() && !known && !isGiven(last, arg.get())) {
                options.requireOnce(setting, used.put(arg.get(), setting));
                List<String> more = options.arguments(setting, arg.get());
                if (arg.get() instanceof PositionalParamSpec parameter) {
                    parameters.put(parameter.index().min(), more);
                } else {
                    first.addAll(more);
                }
            }
        }
        List<String> all = new ArrayList<>(List.of(given.arguments()));
        all.addAll(given.afterCommand(), first);
        // The options typed on the command line come first.
        parameters.values().forEach(all::addAll);
        return new ConfiguredArguments(all.toArray(new String[0]), file, used);
    }

    private static boolean isGiven(ParseResult given, ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? given.hasMatchedOption(option)
                : given.matchedPositionals().contains(arg);
    }

    /** All arguments, with {@code @FILE} expanded. */
    public String[] arguments() {
        return arguments.clone();
    }

    /** Whether the invalid value comes from the file. */
    public boolean hasSet(ParameterException failure) {
        return failure.getArgSpec() != null && used.containsKey(failure.getArgSpec());
    }

    /** The same failure, naming the file if the cause may be in it. */
    public ParameterException located(ParameterException failure) {
        if (file == null || used.isEmpty() || failure instanceof UnmatchedArgumentException) {
            return failure;
        }
        Setting setting = failure.getArgSpec() == null ? null : used.get(failure.getArgSpec());
        String message = setting == null
                ? failure.getMessage() + " (options are also taken from " + file + ")"
                : ConfigOptions.where(file, setting) + failure.getMessage();
        return new ParameterException(failure.getCommandLine(), message, failure);
    }
}
