package org.lesionforge.cli.config;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command line as typed, before options are added from a file.
 *
 * @param chain the program, and the named commands and subcommands
 */
public record GivenArguments(List<ParseResult> chain) {
    public static GivenArguments of(CommandLine program, String... arguments) {
        collectErrors(program, true);
        try {
            return new GivenArguments(chain(program.parseArgs(arguments)));
        } finally {
            collectErrors(program, false);
        }
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

    /** The innermost command that was typed. */
    public ParseResult command() {
        return chain.get(chain.size() - 1);
    }

    /** Whether a command is called with no error but missing options or parameters. Picocli reports any other error. */
    public boolean isCall() {
        return chain.stream().noneMatch(each -> each.isUsageHelpRequested() || each.isVersionHelpRequested())
                && chain.stream()
                        .flatMap(each -> each.errors().stream())
                        .allMatch(MissingParameterException.class::isInstance);
    }

    /** All arguments, with {@code @FILE} expanded. */
    public String[] arguments() {
        return chain.get(0).expandedArgs().toArray(new String[0]);
    }

    /** Index of the first argument of the innermost command. */
    int afterCommand() {
        List<String> arguments = chain.get(0).expandedArgs();
        int at = 0;
        for (ParseResult command : chain.subList(1, chain.size())) {
            while (!command.commandSpec().names().contains(arguments.get(at))) {
                at++;
            }
            at++;
        }
        return at;
    }
}
