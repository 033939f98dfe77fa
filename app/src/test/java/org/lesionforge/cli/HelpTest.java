package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} of each command prints, and what each option says of a value that it cannot have. */
final class HelpTest {
    /** Words of the language that the program is written in; variables of the environment, with a dollar, are none. */
    private static final Pattern JAVA =
            Pattern.compile("(?<![$A-Z_])[A-Z]{2,}(_[A-Z0-9]+)+|case-insensitive|<[a-z]\\w*>"
                    + "|Default: \\[\\]|\\{\\}|\\bnull\\b|\\b(an int|a long|a double|a boolean|enum)\\b|[a-z]\\.[a-z]+\\.[A-Z]\\w+"
                    + "|Exception");

    @Test
    void noWordOfJavaInAnyHelp() {
        List<CommandLine> commands = commands();
        // The program, its groups, and what is in them.
        assertTrue(commands.size() > 30, commands.toString());
        for (CommandLine command : commands) {
            assertPlain(command.getCommandSpec().qualifiedName(), command.getUsageMessage());
        }
    }

    @Test
    void thePatternFindsThem() {
        for (String word : List.of(
                "pools as EXCLUDE_PADDING",
                "one of [A, B] (case-insensitive)",
                "--seed=<seed>",
                "Default: []",
                "Default: {}",
                "'x' is not an int",
                "java.lang.String",
                "IOException")) {
            assertTrue(JAVA.matcher(word).find(), word);
        }
        for (String word : List.of("$LESIONFORGE_ISIC_URL does the same", "MEL,NV", "FILE|NAME", "1, ... of an .npz")) {
            assertFalse(JAVA.matcher(word).find(), word);
        }
    }

    /** Whatever an option takes, a word that is nothing is refused with what would be something. */
    @Test
    void noWordOfJavaInWhatIsSaidOfAValue() {
        int refused = 0;
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.arity().max() == 0 || takesAnything(option)) {
                    continue;
                }
                List<String> call = new ArrayList<>(
                        List.of(command.getCommandSpec().qualifiedName().split(" ", -1)));
                call.remove(0);
                call.add(option.longestName() + "=~wrong");
                Invocation result = Invocation.of(call.toArray(String[]::new));
                assertEquals(ExitCode.WRONG_USAGE, result.exitCode(), call + ": " + result.err());
                assertPlain(call.toString(), result.err());
                refused += result.err().contains("~wrong") ? 1 : 0;
            }
        }
        assertTrue(refused > 100, refused + " options named the value");
    }

    private static boolean takesAnything(OptionSpec option) {
        return option.auxiliaryTypes()[0] == String.class
                || option.auxiliaryTypes()[0] == Path.class
                || option.typeInfo().isMap();
    }

    @Test
    void valuesAreExplained() {
        Invocation.of("gan", "train", "d", "--out", "r", "--class", "m", "--epochs", "many")
                .fails(ExitCode.WRONG_USAGE, "'many' is not a whole number");
        Invocation.of("gan", "train", "d", "--out", "r", "--class", "m", "--epochs", "99999999999")
                .fails(ExitCode.WRONG_USAGE, "'99999999999' is too large");
        Invocation.of("gan", "train", "d", "--out", "r", "--class", "m", "--lr", "0,1")
                .fails(ExitCode.WRONG_USAGE, "'0,1' is not a number");
        Invocation.of("prepare", "s", "--out", "d", "--fit", "stretch")
                .fails(ExitCode.WRONG_USAGE, "crop or pad or squash, got 'stretch'");
        // As before, letters may be large or small.
        assertTrue(Invocation.of("prepare", "nowhere", "--out", "d", "--fit", "PAD")
                .err()
                .contains("nowhere"));
    }

    @Test
    void everyOptionOfTheExperimentSaysItsDefault() {
        CommandLine experiment = experiment();
        List<String> silent = new ArrayList<>();
        for (OptionSpec option : experiment.getCommandSpec().options()) {
            boolean off = option.arity().max() == 0 && !option.negatable();
            boolean shown = !option.negatable() && (option.defaultValue() != null || option.initialValue() != null);
            boolean said = String.join(" ", option.description()).contains("Default: ");
            if (!off && !shown && !said && !option.required() && !option.hidden()) {
                silent.add(option.longestName());
            }
        }
        silent.remove("--config");
        assertEquals(List.of(), silent);
    }

    @Test
    void noOptionSaysItsDefaultTwice() {
        int defaults = 0;
        for (CommandLine command : commands()) {
            // From the line of an option or parameter to the next one's.
            for (String part : command.getUsageMessage().split("\\R(?= {2,6}(-\\w|--|\\S+ {2,}\\S))", -1)) {
                int said = part.split("Default:", -1).length - 1;
                assertTrue(said <= 1, command.getCommandSpec().qualifiedName() + ": " + part);
                defaults += said;
            }
        }
        assertTrue(defaults > 250, defaults + " found");
    }

    /** What a command line does not need is left out of the program, and nobody can see that. */
    @Test
    void anOutlineOfTheProgramHasTheSameHelp() {
        CommandLine whole = Main.commandLine();
        Supplier<Zoos> none = () -> {
            throw new AssertionError("no network is needed");
        };
        assertEquals(whole.getUsageMessage(), Main.commandLine(none, "--help").getUsageMessage());
        assertTrue(Main.commandLine(none).getSubcommands().get("prepare").getCommandSpec().options().stream()
                .noneMatch(option -> option.longestName().equals("--out")));
        whole.getSubcommands().forEach((name, command) -> {
            CommandLine named =
                    Main.commandLine(() -> Zoos.STANDARD, name).getSubcommands().get(name);
            assertEquals(command.getUsageMessage(), named.getUsageMessage(), name);
            assertEquals(
                    command.getSubcommands().keySet(), named.getSubcommands().keySet(), name);
        });
        for (String[] line : List.of(
                new String[] {},
                new String[] {"--version"},
                new String[] {"help"},
                new String[] {"help", "gan"},
                new String[] {"gan", "train", "--help"},
                new String[] {"prepar"},
                new String[] {"--sizes"},
                new String[] {"completion", "bash"})) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine all = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
            int exitCode = Main.run(all, line);
            assertEquals(
                    new Invocation(exitCode, out.toString(), err.toString()),
                    Invocation.of(line),
                    String.join(" ", line));
        }
    }

    /** A file of arguments may name any command. */
    @Test
    void aFileOfArgumentsNamesCommandsToo(@TempDir Path folder) throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "prepare nowhere --out d");
        assertTrue(Invocation.of("@" + arguments).err().contains("nowhere"));
    }

    @Test
    void theExperimentsOptionsAreInGroups() {
        String help = experiment().getUsageMessage();
        List<Integer> places = List.of(
                help.indexOf("Usual options:"),
                help.indexOf("The GAN:"),
                help.indexOf("The classifiers:"),
                help.indexOf("Rare options:"));
        assertEquals(places.stream().sorted().toList(), places, help);
        assertTrue(places.get(0) > 0, help);
        assertBetween(help, "--arms=", places.get(0), places.get(1));
        assertBetween(help, "--gan-epochs=", places.get(1), places.get(2));
        assertBetween(help, "--micro-batch=", places.get(2), places.get(3));
        assertBetween(help, "--[no-]models", places.get(3), help.length());
        for (OptionSpec option : experiment().getCommandSpec().options()) {
            String name = option.longestName().substring(2);
            // Its own line, not one of a description that goes further in.
            long lines = help.substring(places.get(0))
                    .lines()
                    .filter(line ->
                            line.matches(" {2,6}(--?\\w+, )?--(\\[no-\\])?" + Pattern.quote(name) + "([ =].*)?"))
                    .count();
            assertEquals(option.hidden() ? 0 : 1, lines, name);
        }
    }

    private static void assertBetween(String help, String option, int from, int to) {
        int place = help.indexOf(option, help.indexOf("Usual options:"));
        assertTrue(from < place && place < to, option + " at " + place);
    }

    private static CommandLine experiment() {
        return Main.commandLine().getSubcommands().get("experiment");
    }

    private static void assertPlain(String what, String text) {
        Matcher word = JAVA.matcher(text);
        assertFalse(word.find(), () -> what + " says '" + word.group() + "':\n" + text);
    }

    private static List<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>();
        add(Main.commandLine(), commands);
        return commands;
    }

    private static void add(CommandLine command, List<CommandLine> commands) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.userObject() instanceof CommandLine.HelpCommand) {
            return;
        }
        commands.add(command);
        command.getSubcommands().values().forEach(each -> add(each, commands));
    }
}
