package org.lesionforge.cli;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.lesionforge.cli.common.Version;
import org.lesionforge.cli.common.ZooFactory;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.setup.CompletionCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The program with those commands whole that a command line names. Of the others there is what the help shows of them, their names and descriptions:
 * the options of all commands take most of the time in which the program starts.
 */
final class NeededCommands {
    private static final String EVERY_OPTION = name(CompletionCommand.class);

    private final Supplier<Zoos> zoos;
    private final List<String> arguments;

    private NeededCommands(Supplier<Zoos> zoos, List<String> arguments) {
        this.zoos = zoos;
        this.arguments = arguments;
    }

    /**
     * @param zoos what commands are made with; not asked for where none is named
     * @param arguments the command line
     */
    static CommandLine of(Supplier<Zoos> zoos, String... arguments) {
        return new NeededCommands(zoos, List.of(arguments)).program();
    }

    private CommandLine program() {
        // A file of arguments may name any command.
        if (arguments.contains(EVERY_OPTION) || arguments.stream().anyMatch(argument -> argument.startsWith("@"))) {
            return new CommandLine(new Main(), new ZooFactory(zoos.get()));
        }
        CommandLine program = new CommandLine(outline(Main.class).versionProvider(new Version()));
        for (Class<?> each : command(Main.class).subcommands()) {
            String name = name(each);
            program.addSubcommand(
                    name,
                    arguments.contains(name)
                            ? new CommandLine(each, new ZooFactory(zoos.get()))
                            : new CommandLine(outline(each)));
        }
        return program;
    }

    private static CommandSpec outline(Class<?> type) {
        Command command = command(type);
        CommandSpec outline = CommandSpec.create()
                .name(command.name())
                .helpCommand(command.helpCommand())
                .mixinStandardHelpOptions(command.mixinStandardHelpOptions());
        outline.usageMessage()
                .description(command.description())
                .header(command.header())
                .hidden(command.hidden());
        return outline;
    }

    private static String name(Class<?> type) {
        return command(type).name();
    }

    private static Command command(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Command.class));
    }
}
