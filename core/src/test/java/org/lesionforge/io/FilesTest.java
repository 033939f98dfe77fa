package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.json.Json;

final class FilesTest {
    @TempDir
    Path folder;

    private record Numbers(double someValue, @Nullable Double nothing) {}

    @Test
    void aFailedWriteLeavesTheOldFileAndNoOther() throws IOException {
        Path file = folder.resolve("deep/er/a.txt");
        AtomicFile.writeString(file, "old");
        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write("half of the ne".getBytes(StandardCharsets.UTF_8));
                    throw new IOException("No space left on device");
                }));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
        AtomicFile.writeString(file, "new");
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        IOException failure =
                assertThrows(IOException.class, () -> AtomicFile.writeString(file.resolve("below.txt"), "text"));
        assertTrue(failure.getMessage().startsWith("cannot write " + file.resolve("below.txt")), failure.getMessage());
    }

    @Test
    void numbersThatJsonLacksComeBack() throws IOException {
        Path file = folder.resolve("numbers.json");
        Json.write(file, new Numbers(Double.NaN, null));
        assertTrue(Files.readString(file).contains("\"some_value\" : \"NaN\""), Files.readString(file));
        assertTrue(Double.isNaN(Json.read(file, Numbers.class).someValue()));
        assertTrue(Double.isNaN(Json.readTree(file).get("some_value").asDouble()));
    }

    @Test
    void aLineCutShortByACrashIsLeftOutAtTheEndAlone() throws IOException {
        Path file = folder.resolve("lines.jsonl");
        assertEquals(List.of(), Json.readLines(file));
        Json.appendLine(file, new Numbers(1, 2.0));
        Json.appendLine(file, new Numbers(3, 4.0));
        Files.writeString(file, Files.readString(file) + "{\"some_value\":5,\"noth");
        List<JsonNode> lines = Json.readLines(file);
        assertEquals(2, lines.size());
        assertEquals(3, lines.get(1).get("some_value").asInt());

        Files.writeString(file, "{\"some_val\n{\"some_value\":1}\n");
        String message = assertThrows(UnusableInputException.class, () -> Json.readLines(file))
                .getMessage();
        assertTrue(message.contains(file + " line 1"), message);
    }

    @Test
    void whatIsNotTheJsonOfATypeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.json"), "{\"some_value\": \"many\"}");
        String message = assertThrows(UnusableInputException.class, () -> Json.read(file, Numbers.class))
                .getMessage();
        assertTrue(message.contains(file.toString()) && message.contains("'some_value' should be a number"), message);
        assertThrows(UnusableInputException.class, () -> Json.read(folder.resolve("none.json"), Numbers.class));
    }

    @Test
    void hashesAreThoseOfTheStandard() throws IOException {
        // FIPS 180-2, appendix B.1
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(abc, Sha256.of("a".getBytes(StandardCharsets.UTF_8), "bc".getBytes(StandardCharsets.UTF_8)));
        assertEquals(abc, Sha256.of(Files.writeString(folder.resolve("abc"), "abc")));
    }

    @Test
    void onlyAnEmptyPlaceIsFree() throws IOException {
        OutputFolder.requireFree(folder.resolve("none"));
        Path made = Files.createDirectories(folder.resolve("made/deep")).getParent();
        OutputFolder.requireFree(made.resolve("deep"));
        Path file = Files.writeString(made.resolve("deep/file"), "");
        assertTrue(assertThrows(UnusableInputException.class, () -> OutputFolder.requireFree(made))
                .getMessage()
                .startsWith(made + " exists and is not empty"));
        assertTrue(assertThrows(UnusableInputException.class, () -> OutputFolder.requireFree(file))
                .getMessage()
                .startsWith(file + " exists and is a file"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        assertTrue(assertThrows(UnusableInputException.class, () -> OutputFolder.requireFree(dangling))
                .getMessage()
                .startsWith(dangling + " is a link to nothing"));
        OutputFolder.delete(made);
        assertFalse(Files.exists(made));
        OutputFolder.delete(made);
    }
}
