package org.lesionforge.io.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.io.UnusableInputException;

class JsonObjectTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.json"), text);
    }

    private JsonObject json(String text) throws IOException {
        return JsonObject.read(file(text));
    }

    private static String refusal(Executable reading) {
        return assertThrows(UnusableInputException.class, reading).getMessage();
    }

    private static void assertSays(String message, String... words) {
        for (String word : words) {
            assertTrue(message.contains(word), () -> "no '" + word + "' in: " + message);
        }
        assertFalse(
                message.contains("java") || message.contains("org.lesionforge") || message.contains("jackson"),
                message);
    }

    @Test
    void readsWhatIsThere() throws IOException {
        JsonObject json = json(
                """
                {"name": "none", "n": 3, "big": 4000000000, "auc": 0.5, "t": "NaN", "inf": "-Infinity", "holds": true,
                 "ci95": [0.25, 1], "parts": {"test": {"benign": 2}}, "arms": [{"k": 1}, {"k": 2}], "p": null,
                 "confusion": [[1, 2], [3, 4]], "ids": ["a", "b"]}
                """);
        assertEquals("none", json.text("name"));
        assertEquals(3, json.integer("n"));
        assertEquals(4_000_000_000L, json.wholeNumber("big"));
        assertEquals(0.5, json.number("auc"));
        assertEquals(Double.NaN, json.number("t"));
        assertEquals(Double.NEGATIVE_INFINITY, json.number("inf"));
        assertTrue(json.flag("holds"));
        assertArrayEquals(new double[] {0.25, 1}, json.numbers("ci95", 2));
        assertEquals(2, json.object("parts").object("test").integer("benign"));
        assertEquals(2, json.objects("arms").get(1).integer("k"));
        assertTrue(json.isNull("p"));
        assertFalse(json.has("p"));
        assertEquals(Double.NaN, json.numberOrNull("p"));
        assertArrayEquals(new int[] {3, 4}, json.counts("confusion", 2)[1]);
        assertEquals(List.of("a", "b"), json.texts("ids"));
        assertEquals(List.of("test"), json.object("parts").keys());
    }

    @Test
    void namesFileAndPathOfWhatIsMissingOrAnother() throws IOException {
        JsonObject json = json("{\"arms\": [{}, {\"test\": {\"n\": \"5\", \"auc\": null, \"ci95\": [0, \"x\"]}}]}");
        JsonObject test = json.objects("arms").get(1).object("test");
        assertSays(refusal(() -> test.number("roc_auc")), "a.json", "'arms[1].test.roc_auc' is missing", "a number");
        assertSays(refusal(() -> test.integer("n")), "'arms[1].test.n'", "an integer", "the text \"5\"");
        assertSays(refusal(() -> test.number("auc")), "'arms[1].test.auc'", "a number", "null");
        assertSays(refusal(() -> test.numbers("ci95")), "'arms[1].test.ci95[1]'", "\"x\"");
        assertSays(refusal(() -> test.isNull("p")), "'arms[1].test.p' is missing");
        assertSays(refusal(() -> json.object("arms")), "'arms'", "an object", "a list of 2");
        assertSays(refusal(() -> json.objects("arms").get(0).counts("confusion", 2)), "'arms[0].confusion' is missing");
        assertSays(refusal(() -> json.requireVersion(1)), "'format_version' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "{\"a\": 1|cut short",
                "{\"a\": 1} x|is not JSON",
                "{\"a\": 1} {}|more behind the end",
                "{\"a\": 1, \"a\": 2}|twice",
                "[1]|an object",
                "{\"a\": nope}|is not JSON at line 1, column",
                "{\"a\": 1e999}|'a'",
            })
    void refusesWhatIsNotOneObject(String text, String words) throws IOException {
        assertSays(refusal(() -> json(text).number("a")), "a.json", words);
    }

    @Test
    void refusesDepthSizeAndBytes() throws IOException {
        assertSays(refusal(() -> json("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")), "nested too deep");
        assertSays(refusal(() -> json("{\"a\": " + "9".repeat(100_000) + "}")), "a.json", "too long");
        assertSays(refusal(() -> json("{\"a\": 99999999999}").integer("a")), "an integer", "99999999999");
        Files.write(folder.resolve("a.json"), new byte[] {'{', '"', (byte) 0xFF, '"', '}'});
        assertSays(refusal(() -> JsonObject.read(folder.resolve("a.json"))), "UTF-8");
        assertSays(refusal(() -> JsonObject.read(folder.resolve("none.json"))), "none.json is missing");
    }

    @Test
    void numbersThatStrictParsersRefuseAreRefused() {
        for (String number : List.of("NaN", "Infinity", "-Infinity")) {
            assertSays(
                    refusal(() -> json("{\"auc\": " + number + "}")),
                    "a.json",
                    "line 1",
                    "undefined numbers are the texts");
        }
        assertFalse(refusal(() -> json("{/* none */}")).contains("Feature"));
    }

    @Test
    void newerVersionIsRefusedBeforeItsKeysAre() throws IOException {
        Path file = file("{\"format_version\": 2}");
        assertSays(refusal(() -> Json.read(file, Card.class, 1)), "format version 2", "reads 1", "as new as");
    }

    enum Colour {
        RED,
        BLUE
    }

    record Card(
            int formatVersion,
            String name,
            double value,
            @Nullable Double std,
            Integer count,
            Colour colour,
            List<String> classes,
            Map<String, Integer> counts,
            @Nullable Card inner,
            @OptionalKey @Nullable String later) {}

    private static final String CARD =
            """
            {"format_version": 1, "name": "x", "value": "NaN", "std": null, "count": 3, "colour": "RED", "classes": ["a"],
             "counts": {"a": 1}, "inner": null, "unknown": 5}""";

    @Test
    void recordHoldsWhatTheFileSays() throws IOException {
        Card card = Json.read(file(CARD), Card.class, 1);
        assertEquals(new Card(1, "x", Double.NaN, null, 3, Colour.RED, List.of("a"), Map.of("a", 1), null, null), card);
        assertEquals(
                "y",
                Json.read(file(CARD.replace("\"unknown\": 5", "\"later\": \"y\"")), Card.class)
                        .later());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"name\": \"x\", | ^^ | 'name' is missing, expected a text",
                "\"std\": null, | ^^ | 'std' is missing, expected a number",
                "\"inner\": null, | ^^ | 'inner' is missing, expected an object",
                "\"count\": 3 | \"count\": null | 'count' should be an integer, found null",
                "\"x\" | null | 'name' should be a text, found null",
                "\"x\" | 7 | 'name' should be a text, found 7",
                "\"NaN\" | null | 'value' should be a number, found null",
                "\"NaN\" | \"7\" | 'value' should be a number, found the text \"7\"",
                "\"format_version\": 1 | \"format_version\": 1.5 | 'format_version' should be an integer, found 1.5",
                "\"RED\" | \"GREEN\" | 'colour' should be one of RED, BLUE, found the text \"GREEN\"",
                "[\"a\"] | [null] | 'classes[0]' should be a text, found null",
                "[\"a\"] | \"a\" | 'classes' should be a list, found the text \"a\"",
                "{\"a\": 1} | {\"a\": null} | 'counts.a' should be an integer, found null",
                "{\"a\": 1} | {\"a\": 99999999999} | 'counts' should be no integer out of range",
                "\"inner\": null | \"inner\": {\"format_version\": 1} | 'inner.name' is missing",
            })
    void recordNamesTheKeyThatDoesNotFit(String from, String to, String words) throws IOException {
        assertTrue(CARD.contains(from), from);
        Path file = file(CARD.replace(from, to));
        assertSays(refusal(() -> Json.read(file, Card.class)), "a.json", words);
    }

    @Test
    void linesNameTheirNumberAndAnUnfinishedLastOneIsLeftOut() throws IOException {
        Path file = file("{\"epoch\": 1}\n{\"epoch\": null}\n{\"epo");
        List<JsonObject> lines = JsonObject.readLines(file);
        assertEquals(2, lines.size());
        assertSays(refusal(() -> lines.get(1).integer("epoch")), "a.json line 2", "'epoch'");
        Path broken = file("{\"epoch\": 1}\n{\"epo\n{\"epoch\": 2}\n");
        assertSays(refusal(() -> JsonObject.readLines(broken)), "a.json line 2", "cut short");
    }
}
