package org.lesionforge.cli.config;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options by the names that runs record them under, which are synonyms on the command line too: {@code --learning-rate} for {@code --lr}. Help
 * shows the usual names alone.
 */
public final class RecordedNames {
    private static final String NO = "--no-";

    private RecordedNames() {}

    /** The names that a command accepts besides those in its help, each with the name it stands for. */
    public static Map<String, String> of(CommandSpec command) {
        Map<String, String> names = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            ConfigKeys.recordedAs(option).ifPresent(name -> {
                names.put("--" + name, option.longestName());
                if (option.negatable()) {
                    names.put(NO + name, NO + option.longestName().substring(2));
                }
            });
        }
        names.keySet().removeAll(command.optionsMap().keySet());
        return names;
    }

    /** The same command line with the names in the help. */
    public static String[] replaced(CommandLine program, String... arguments) {
        String[] replaced = arguments.clone();
        CommandLine command = program;
        for (int i = 0; i < replaced.length && !replaced[i].equals("--"); i++) {
            if (command.getSubcommands().containsKey(replaced[i])) {
                command = command.getSubcommands().get(replaced[i]);
            } else if (replaced[i].startsWith("--")) {
                replaced[i] = replaced(command.getCommandSpec(), replaced[i]);
            }
        }
        return replaced;
    }

    private static String replaced(CommandSpec command, String argument) {
        String name = argument.split("=", 2)[0];
        if (command.optionsMap().containsKey(name)
                || command.negatedOptionsMap().containsKey(name)) {
            return argument;
        }
        return of(command).getOrDefault(name, name) + argument.substring(name.length());
    }
}
