package org.lesionforge.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.io.UnusableInputException;

/** What is read from a file of settings, and what is not. */
final class ConfigFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("some.yaml"), text);
    }

    private void refused(String text, String... words) throws IOException {
        refused(file(text), words);
    }

    private static void refused(Path file, String... words) {
        UnusableInputException failure = assertThrows(UnusableInputException.class, () -> ConfigFile.read(file));
        for (String word : words) {
            assertTrue(failure.getMessage().contains(word), "'" + word + "' is not in: " + failure.getMessage());
        }
    }

    @Test
    void valuesAreTextsWithTheirKeysAndLines() throws IOException {
        List<Setting> settings = ConfigFile.read(
                file(
                        """
                # a comment
                epochs: 010
                lr: 2.0E-4
                class: 'yes'    # not a boolean
                gan:
                  width: 32
                  remedies: {flips: both, r1: null}
                seeds: [0, 1]
                arms:
                - none
                synthetic:
                """));
        assertEquals(
                List.of(
                        new Setting(List.of("epochs"), List.of("010"), false, 2),
                        new Setting(List.of("lr"), List.of("2.0E-4"), false, 3),
                        new Setting(List.of("class"), List.of("yes"), false, 4),
                        new Setting(List.of("gan", "width"), List.of("32"), false, 6),
                        new Setting(List.of("gan", "remedies", "flips"), List.of("both"), false, 7),
                        new Setting(List.of("seeds"), List.of("0", "1"), true, 8),
                        new Setting(List.of("arms"), List.of("none"), true, 9)),
                settings);
    }

    @Test
    void jsonIsReadAlike() throws IOException {
        List<Setting> settings =
                ConfigFile.read(file("{\n\t\"a\" : \"\\u00e9\\n\",\n\t\"b\" : { \"c\" : [ 1.5 ] }\n}"));
        assertEquals(
                List.of(
                        new Setting(List.of("a"), List.of("\u00e9\n"), false, 2),
                        new Setting(List.of("b", "c"), List.of("1.5"), true, 3)),
                settings);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
        assertEquals("a", ConfigFile.read(file("\uFEFFa: 1")).get(0).key());
    }

    @Test
    void anAliasOfATextIsTheText() throws IOException {
        assertEquals(
                List.of("7", "7"),
                ConfigFile.read(file("a: &x 7\nb: *x")).stream()
                        .map(setting -> setting.values().get(0))
                        .toList());
    }

    @Test
    void whatIsNoMappingOfTextsIsRefusedWithItsLine() throws IOException {
        refused("", "holds no settings");
        refused("# nothing\n", "holds no settings");
        refused("[1, 2]", "line 1", "KEY: VALUE");
        refused("only words", "line 1", "KEY: VALUE");
        refused("a: 1\n---\nb: 2", "line 3", "second document");
        refused("a: 1\na: 2", "line 2", "'a' comes twice");
        refused("g: {a: 1,\n a: 2}", "line 2", "'a' comes twice");
        refused("a: 1\n? [b]\n: 2", "line 2", "a key is a word");
        refused("a:\n\tb: 1", "line 2", "not YAML", "TAB");
        refused("a: [1, [2]]", "line 1", "element");
        refused("a: [1, null]", "line 1", "without a value");
        refused("a: [1, 2", "line 1", "not YAML");
        refused("a: !!java.net.URL [x]", "line 1", "java.net.URL");
        refused("a: !mine 3", "line 1", "!mine");
    }

    @Test
    void nothingIsExpanded() throws IOException {
        String bomb = "a0: &a0 {x: 1, y: 2}\n"
                + IntStream.range(1, 40)
                        .mapToObj(i -> "a" + i + ": &a" + i + " {l: *a" + (i - 1) + ", r: *a" + (i - 1) + "}")
                        .collect(Collectors.joining("\n"));
        refused(bomb, "alias");
        refused("a: &a\n  b: *a", "alias");
        refused("{a: ".repeat(100_000), "nested too deeply");
        refused("a: ".repeat(400_000), "1200000 bytes");
    }

    @Test
    void whatIsNoTextFileIsRefused() throws IOException {
        refused(folder, "is a folder");
        refused(folder.resolve("none.yaml"), "there is no file");
        refused(Files.write(folder.resolve("latin.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1)), "UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "widht, width, 2", "'', abc, 3", "flaw, lawn, 2", "same, same, 0"})
    void distanceCountsEdits(String a, String b, int distance) {
        assertEquals(distance, Spelling.distance(a, b));
        assertEquals(distance, Spelling.distance(b, a));
    }

    @Test
    void onlyWhatIsNearIsSuggested() {
        assertEquals(
                "width", Spelling.nearest("widht", List.of("latent", "width")).orElseThrow());
        assertTrue(Spelling.nearest("a", List.of("r1", "lr")).isEmpty());
        assertTrue(Spelling.nearest("colour", List.of("latent", "width")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "gan_width, gan-width",
        "ganWidth, gan-width",
        "gan-width, gan-width",
        "--gan-width, gan-width",
        "gan.width, gan-width",
        "options.gan.remedies.r1_every, gan-r1-every",
        "r1Every, r1-every",
        "options.classifier.micro_batch, micro-batch",
        "measuring.features, metric-features",
        "beta1, beta1"
    })
    void everySpellingOfAKeyIsThatOfItsOption(String key, String option) {
        assertEquals(option, new Setting(List.of(key.split("\\.")), List.of("1"), false, 1).name());
    }
}
