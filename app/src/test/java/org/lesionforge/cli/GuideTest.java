package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lesionforge.cli.config.RecordedNames;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The guide against the program's own model of its commands: what either has, the other has. */
final class GuideTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--(\\[no-])?([a-z][a-z0-9-]*)");
    /** Of pytorch-fid, of jshell, and of TensorBoard. */
    private static final Set<String> FOREIGN = Set.of("--dims", "--class-path", "--logdir");
    /** Those of every command are on the first page alone. */
    private static final Set<String> COMMON = Set.of("--json", "--quiet", "--verbose", "--config");

    private static final String FIRST_PAGE = "docs/guide/README.md";

    private static final TreeMap<String, String> PAGES = new TreeMap<>();
    private static final List<CommandSpec> COMMANDS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("guide"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                PAGES.put("docs/guide/" + file.getFileName(), Files.readString(file));
            }
        }
        PAGES.put("README.md", Files.readString(DOCS.resolveSibling("README.md")));
        addAll(Main.commandLine());
    }

    private static void addAll(CommandLine command) {
        COMMANDS.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(GuideTest::addAll);
    }

    /** {@code gan train}; nothing for the program itself. */
    private static String name(CommandSpec command) {
        return command.qualifiedName().replaceFirst("^lesionforge ?", "");
    }

    private static Set<String> optionsIn(String text) {
        Set<String> options = new TreeSet<>();
        Matcher matcher = OPTION.matcher(text);
        while (matcher.find()) {
            options.add("--" + matcher.group(2));
            if (matcher.group(1) != null) {
                options.add("--no-" + matcher.group(2));
            }
        }
        return options;
    }

    /** Whether a page that speaks of the command has the option; those of a GAN have a page of their own, whatever stands before them. */
    private static boolean isDescribed(CommandSpec command, String option) {
        if (COMMON.contains(option)) {
            return optionsIn(PAGES.get(FIRST_PAGE)).contains(option);
        }
        return PAGES.entrySet().stream()
                .filter(page -> page.getValue().contains(name(command)))
                .anyMatch(page -> optionsIn(page.getValue()).contains(option) || isOfGan(option, page.getValue()));
    }

    private static boolean isOfGan(String option, String page) {
        return option.startsWith("--gan-")
                && page.contains("`--gan-`")
                && optionsIn(PAGES.get("docs/guide/gan.md") + PAGES.get("docs/guide/generators.md"))
                        .contains("--" + option.substring(6));
    }

    @Test
    void everyOptionOfTheHelpIsInTheGuide() {
        List<String> missing = new ArrayList<>();
        for (CommandSpec command : COMMANDS) {
            for (OptionSpec option : command.options()) {
                if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                    if (Stream.of(option.names()).noneMatch(each -> isDescribed(command, each))) {
                        missing.add("option " + option.longestName() + " of `" + name(command)
                                + "` is in no page of docs/guide that speaks of the command");
                    }
                }
            }
        }
        assertTrue(missing.isEmpty(), String.join("\n", missing));
    }

    @Test
    void everyOptionInTheGuideExists() {
        Set<String> known = new TreeSet<>(FOREIGN);
        for (CommandSpec command : COMMANDS) {
            known.addAll(command.optionsMap().keySet());
            known.addAll(command.negatedOptionsMap().keySet());
            known.addAll(RecordedNames.of(command).keySet());
        }
        List<String> unknown = new ArrayList<>();
        PAGES.forEach((page, text) -> optionsIn(text).stream()
                .filter(option -> !known.contains(option) && !option.endsWith("-"))
                .forEach(option -> unknown.add(page + " has " + option + ", which no command has")));
        assertTrue(unknown.isEmpty(), String.join("\n", unknown));
    }

    @Test
    void everyCommandLineInTheGuideIsOne() {
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (String page : PAGES.keySet()) {
            for (String line : commandLines(PAGES.get(page))) {
                lines++;
                try {
                    Main.commandLine().parseArgs(words(line).toArray(new String[0]));
                } catch (MissingParameterException e) {
                    // What is missing comes from a file.
                    if (!line.contains("--config") && !line.contains("--resume")) {
                        wrong.add(page + ": lesionforge " + line + "\n    " + e.getMessage());
                    }
                } catch (ParameterException e) {
                    wrong.add(page + ": lesionforge " + line + "\n    " + e.getMessage());
                }
            }
        }
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
        assertTrue(lines > 40, "only " + lines + " command lines were found");
    }

    /** The arguments of each call in the code blocks of a page. */
    private static List<String> commandLines(String page) {
        List<String> lines = new ArrayList<>();
        boolean fenced = false;
        for (String line : page.replaceAll("\\\\\n\\s*", "").lines().toList()) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            }
            Matcher call = Pattern.compile("^\\s*(?:\\$ )?(?:\\./)?lesionforge ([^#|>]*[^#|>\\s]).*")
                    .matcher(line);
            if ((fenced || line.startsWith("    ")) && call.matches()) {
                lines.add(call.group(1));
            }
        }
        return lines;
    }

    /** As a shell divides them. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+").matcher(line);
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words;
    }

    @Test
    void commandLinesAreDividedAsAShellDoes() {
        assertEquals(List.of("a", "b c=d", "e"), words("a 'b c'=d \"e\""));
        assertEquals(
                List.of("demo --out x"), commandLines("text\n    ./lesionforge demo \\\n       --out x   # why\n"));
        assertEquals(Set.of("--models", "--no-models", "--x"), optionsIn("`--[no-]models` a--b ---c `--x=3`"));
    }
}
