package org.lesionforge.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionforge.cli.config.GivenArguments;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code experiment --fast}: added as if they had been typed, except those given on the command line or
 * in its file of settings.
 */
public final class FastArguments {
    static final String NAME = "--fast";

    /**
     * Takes minutes on two cores, where the paper's settings take more than a day: a frozen network, a narrow GAN with
     * the remedies for few images, and few snapshots, since each is measured.
     */
    static final String IN_FULL = "--freeze --weights inception-v3-imagenet --gan-preset small-data --gan-width 32 "
            + "--gan-kernel 4 --gan-epochs 100 --gan-snapshot-every 50";

    /** An option with its value, where it takes one. */
    private static final Pattern CHOICE = Pattern.compile("(--\\S+)(?: [^- ]\\S*)?");

    private FastArguments() {}

    /** Unchanged arguments if they do not contain the option. */
    public static String[] expand(CommandLine program, String... arguments) {
        if (Stream.of(arguments).noneMatch(FastArguments::isName)) {
            return arguments;
        }
        GivenArguments given = GivenArguments.of(program, arguments);
        ParseResult command = given.command();
        if (!given.isCall() || !command.matchedOptionValue(NAME, false)) {
            return arguments;
        }
        List<String> all = new ArrayList<>();
        List.of(arguments).forEach(argument -> {
            all.add(argument);
            if (isName(argument)) {
                all.addAll(words(command));
            }
        });
        return all.toArray(new String[0]);
    }

    /** Picocli takes {@code --fast=true} too. */
    private static boolean isName(String argument) {
        return argument.equals(NAME) || argument.startsWith(NAME + "=");
    }

    /** The options that were not given explicitly. */
    private static List<String> words(ParseResult command) {
        return CHOICE.matcher(IN_FULL)
                .results()
                .filter(choice -> !command.hasMatchedOption(choice.group(1)))
                .flatMap(choice -> Stream.of(choice.group().split(" ")))
                .toList();
    }
}
