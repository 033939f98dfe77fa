package org.lesionforge.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line with the options that its {@code --config FILE} stands for. What the command line has by itself is left out of them, so it
 * wins; everything else is picocli's, as if the options had been typed.
 */
public final class ConfiguredArguments {
    private final String[] arguments;
    private final Path file;
    private final Map<ArgSpec, Setting> used;

    private ConfiguredArguments(String[] arguments, Path file, Map<ArgSpec, Setting> used) {
        this.arguments = arguments;
        this.file = file;
        this.used = used;
    }

    /**
     * @throws ParameterException when the file has what the command lacks
     * @throws UnusableInputException when the file cannot be read
     */
    public static ConfiguredArguments of(CommandLine program, String... arguments) {
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("--config") || argument.startsWith("@"))) {
            return new ConfiguredArguments(arguments, null, Map.of());
        }
        collectErrors(program, true);
        List<ParseResult> parsed;
        try {
            parsed = chain(program.parseArgs(arguments));
        } finally {
            collectErrors(program, false);
        }
        String[] expanded = parsed.get(0).expandedArgs().toArray(new String[0]);
        ParseResult last = parsed.get(parsed.size() - 1);
        Path file = last.matchedOptionValue("--config", null);
        boolean wrong = parsed.stream()
                .flatMap(each -> each.errors().stream())
                .anyMatch(error -> !(error instanceof MissingParameterException));
        boolean help = parsed.stream().anyMatch(each -> each.isUsageHelpRequested() || each.isVersionHelpRequested());
        // What is wrong already is reported by picocli, which stops at the first error.
        return file == null || wrong || help
                ? new ConfiguredArguments(expanded, null, Map.of())
                : with(file, parsed, expanded);
    }

    private static ConfiguredArguments with(Path file, List<ParseResult> parsed, String... arguments) {
        ParseResult last = parsed.get(parsed.size() - 1);
        Map<ArgSpec, Setting> used = new LinkedHashMap<>();
        ConfigOptions options = new ConfigOptions(file, last.commandSpec());
        List<String> first = new ArrayList<>();
        Map<Integer, List<String>> parameters = new TreeMap<>();
        for (Setting written : ConfigFile.read(file)) {
            Setting setting = options.entry(written);
            Optional<ArgSpec> arg = options.find(setting);
            if (arg.isPresent() && !isGiven(last, arg.get())) {
                options.requireOnce(setting, used.put(arg.get(), setting));
                List<String> more = options.arguments(setting, arg.get());
                if (arg.get() instanceof PositionalParamSpec parameter) {
                    parameters.put(parameter.index().min(), more);
                } else {
                    first.addAll(more);
                }
            }
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(afterCommand(parsed, all), first);
        // Those of the command line are the first that the command has.
        parameters.values().forEach(all::addAll);
        return new ConfiguredArguments(all.toArray(new String[0]), file, used);
    }

    private static boolean isGiven(ParseResult given, ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? given.hasMatchedOption(option)
                : given.matchedPositionals().contains(arg);
    }

    /** Where the options of the last command begin. */
    private static int afterCommand(List<ParseResult> parsed, List<String> arguments) {
        int at = 0;
        for (ParseResult command : parsed.subList(1, parsed.size())) {
            while (!command.commandSpec().names().contains(arguments.get(at))) {
                at++;
            }
            at++;
        }
        return at;
    }

    private static List<ParseResult> chain(ParseResult root) {
        List<ParseResult> chain = new ArrayList<>(List.of(root));
        while (chain.get(chain.size() - 1).hasSubcommand()) {
            chain.add(chain.get(chain.size() - 1).subcommand());
        }
        return chain;
    }

    private static void collectErrors(CommandLine command, boolean collect) {
        command.getCommandSpec().parser().collectErrors(collect);
        command.getSubcommands().values().forEach(each -> collectErrors(each, collect));
    }

    /** All of them, {@code @FILE} expanded. */
    public String[] arguments() {
        return arguments.clone();
    }

    /** The same failure, naming the file where it may come from there. */
    public ParameterException located(ParameterException failure) {
        if (used.isEmpty() || failure instanceof UnmatchedArgumentException) {
            return failure;
        }
        Setting setting = failure.getArgSpec() == null ? null : used.get(failure.getArgSpec());
        String message = setting == null
                ? failure.getMessage() + " (options are also taken from " + file + ")"
                : ConfigOptions.where(file, setting) + failure.getMessage();
        return new ParameterException(failure.getCommandLine(), message, failure);
    }
}
