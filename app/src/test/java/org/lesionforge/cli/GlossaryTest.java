package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.config.RecordedNames;
import picocli.CommandLine;

/** The glossary against the commands and the contracts: what it names exists, and a thing with two names has one entry. */
final class GlossaryTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What the glossary has another word for. */
    private static final Pattern OTHER_WORDS = Pattern.compile(
            "(?i)\\b(training|validation|test) (set|split)s?\\b|\\bminority\\b(?!\\*)|\\blicense[sd]?\\b");

    /** {@code - **word**: meaning. Options: `--a`, `--b`. Keys: `c`. Page: [d](d.md).} */
    private static final Pattern ENTRY = Pattern.compile(
            "- \\*\\*(.+?)\\*\\*: .+?\\.(?: Options?: (`.+?))?(?: Keys?: (`.+?))? Page: (\\[.+?\\]\\(.+?\\))\\.");

    /** An entry of the glossary. */
    private record Row(String word, List<String> options, List<String> keys, String more) {}

    private static final List<Row> ROWS = new ArrayList<>();
    /** Options of all commands, and what else is taken for them. */
    private static final Set<String> OPTIONS = new TreeSet<>();

    private static final Map<String, String> SYNONYMS = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(DOCS.resolve("guide/glossary.md")).replace("\n  ", " ");
        for (String line : page.lines().filter(each -> each.startsWith("- **")).toList()) {
            Matcher entry = ENTRY.matcher(line);
            assertTrue(entry.matches(), line);
            ROWS.add(new Row(entry.group(1), codes(entry.group(2)), codes(entry.group(3)), entry.group(4)));
        }
        addAll(Main.commandLine());
        OPTIONS.addAll(SYNONYMS.keySet());
    }

    private static List<String> codes(String list) {
        return list == null
                ? List.of()
                : CODE.matcher(list).results().map(code -> code.group(1)).toList();
    }

    private static void addAll(CommandLine command) {
        OPTIONS.addAll(command.getCommandSpec().optionsMap().keySet());
        SYNONYMS.putAll(RecordedNames.of(command.getCommandSpec()));
        command.getSubcommands().values().forEach(GlossaryTest::addAll);
    }

    @Test
    void wordsAreInAlphabeticalOrder() {
        List<String> words = ROWS.stream().map(Row::word).toList();
        assertTrue(words.size() > 40, words.toString());
        assertEquals(
                words.stream().sorted(String.CASE_INSENSITIVE_ORDER).distinct().toList(), words);
    }

    @Test
    void everyOptionAndKeyAndPageExists() throws IOException {
        Set<String> keys = Contracts.read().keys();
        List<String> unknown = new ArrayList<>();
        for (Row row : ROWS) {
            row.options().stream().filter(each -> !OPTIONS.contains(each)).forEach(unknown::add);
            row.keys().stream().filter(each -> !keys.contains(each)).forEach(unknown::add);
            Matcher page = Pattern.compile("\\[[^]]+]\\(([a-z]+\\.md)\\)").matcher(row.more());
            assertTrue(page.matches(), row.word());
            assertTrue(Files.exists(DOCS.resolve("guide").resolve(page.group(1))), page.group(1));
        }
        assertEquals(List.of(), unknown);
    }

    /** Where an option is recorded under another name, one entry has both names of the option, and the key. */
    @Test
    void whatHasTwoNamesHasOneEntry() {
        List<String> missing = new ArrayList<>();
        SYNONYMS.forEach((synonym, option) -> {
            if (synonym.equals("--gan-run") || !synonym.matches("--(gan|no)-.*")) {
                String key = synonym.substring(2).replace('-', '_');
                if (ROWS.stream()
                        .noneMatch(row -> row.options().containsAll(List.of(option, synonym))
                                && row.keys().contains(key))) {
                    missing.add(option + ", " + synonym + ": " + key);
                }
            }
        });
        assertEquals(List.of(), missing);
        assertTrue(SYNONYMS.size() > 8, SYNONYMS.toString());
    }

    @Test
    void namesThatAreRecordedAreOptionsToo() {
        assertArrayEquals(
                "experiment d --lr=0.1 --gan-lr 0.2 --no-models --gan r -- --keep-models".split(" "),
                RecordedNames.replaced(
                        Main.commandLine(),
                        ("experiment d --learning-rate=0.1 --gan-learning-rate 0.2 --no-keep-models --gan-run r"
                                        + " -- --keep-models")
                                .split(" ")));
        Invocation.of("gan", "train", "d", "--class-name", "a", "--out", "r", "--learning-rate", "fast")
                .fails(ExitCode.WRONG_USAGE, "--lr", "'fast'");
        Invocation.of("classify", "train", "d", "--out", "r", "--selection", "worst")
                .fails(ExitCode.WRONG_USAGE, "--select", "'worst'");
        Invocation.of("isic", "fetch", "--out", "r", "--licence", "MIT").fails(ExitCode.WRONG_USAGE, "CC-BY-NC", "MIT");
        // A name of one command is none of another.
        Invocation.of("audit", "d", "--learning-rate", "1").fails(ExitCode.WRONG_USAGE, "--learning-rate");
    }

    @Test
    void theGuideHasNoOtherWords() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.list(DOCS.resolve("guide"))) {
            for (Path page : pages.sorted().toList()) {
                for (String line : Files.readAllLines(page)) {
                    // Names of options, columns and folders are not prose.
                    if (OTHER_WORDS.matcher(CODE.matcher(line).replaceAll("")).find()) {
                        found.add(page.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
