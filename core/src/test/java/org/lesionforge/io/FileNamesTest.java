package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileNamesTest {
    @TempDir
    Path folder;

    private static String escaped(String bytes) {
        return FileNames.escaped(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A path of any bytes, which no text can spell. */
    private Path bytes(String escapedName) {
        return Path.of(URI.create(folder.toUri() + escapedName));
    }

    @Test
    void namesInUtf8AreTheirOwnText() {
        for (String name :
                List.of("a.png", "Läsion.jpg", "100%.png", "K%C3%B6ln.png", "50%25.png", "%ff.png", "\uFFFD", "病変")) {
            assertEquals(name, FileNames.escaped(name.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void bytesThatAreNotUtf8AreEscapedAndOthersAreKept() {
        assertEquals("bad%FF.png", escaped("bad\u00FF.png"));
        // E4 begins a character of three bytes, which does not go on.
        assertEquals("L%E4sion", escaped("L\u00E4sion"));
        assertEquals("ä%FE%25", escaped("\u00C3\u00A4\u00FE%"));
        // A slash in two bytes, and half of a pair of surrogates: not UTF-8, whatever some decoders say.
        assertEquals("%C0%AF", escaped("\u00C0\u00AF"));
        assertEquals("%ED%A0%80", escaped("\u00ED\u00A0\u0080"));
    }

    @Test
    void anIdHasOneLine() {
        assertEquals("a%0Ab%0D\u001B.png", escaped("a\nb\r\u001B.png"));
    }

    @Test
    void aNameThatLooksEscapedIsEscapedItself() {
        assertEquals("bad%25FF.png", escaped("bad%FF.png"));
        assertEquals("bad%2525FF.png", escaped("bad%25FF.png"));
        assertEquals("a%250Ab", escaped("a%0Ab"));
    }

    @Test
    void noTwoNamesHaveOneText() {
        String[] pieces = {"%", "2", "5", "F", "0", "A", "\n", "\u00FF", "\u00C3", "\u00A4", "a"};
        Random random = new Random(3);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 40_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            names.add(name.toString());
        }
        Set<String> texts = new HashSet<>();
        names.forEach(name -> texts.add(escaped(name)));
        assertEquals(names.size(), texts.size());
    }

    @Test
    void filesOfAnyBytesHaveTheirNames() throws IOException {
        Path bad;
        try {
            bad = Files.writeString(bytes("bad%FF.png"), "");
        } catch (IOException | InvalidPathException e) {
            Assumptions.abort("only Unicode names here: " + e.getMessage());
            return;
        }
        Files.writeString(folder.resolve("bad%FF.png"), "");
        Files.createDirectory(bytes("dir%FE"));
        Files.writeString(bytes("dir%FE/ok%C3%A4.png"), "");
        assertEquals("bad%FF.png", FileNames.name(bad));
        assertEquals(
                List.of("bad%25FF.png", "bad%FF.png", "dir%FE/okä.png"),
                FileTree.of(folder).files().stream()
                        .map(file -> FileTree.relative(folder, file))
                        .toList());
        assertEquals("dir%FE", FileNames.name(bytes("dir%FE")));
        assertEquals(folder + "/dir%FE/okä.png", FileNames.text(bytes("dir%FE/ok%C3%A4.png")));
    }

    @Test
    void lettersAreEqualHoweverTheyAreWritten() {
        assertEquals("L\u00E4sion", FileNames.normalForm("La\u0308sion"));
        assertEquals("L\u00E4sion", FileNames.normalForm("L\u00E4sion"));
        // The angstrom sign is the letter.
        assertEquals("\u00C5", FileNames.normalForm("\u212B"));
        // A superscript is not the digit.
        assertEquals("x\u00B2", FileNames.normalForm("x\u00B2"));
    }

    @Test
    void inThisLocaleNamesAreKnown() {
        FileNames.requireKnown("Läsion");
        assertThrows(InvalidPathException.class, () -> Path.of("a\0b"));
    }
}
