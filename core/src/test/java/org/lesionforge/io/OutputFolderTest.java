package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    @TempDir
    Path folder;

    @Test
    void whatStaysInsideHasItsPlace() {
        assertEquals(folder.resolve("benign/a.png"), OutputFolder.inside(folder, "benign/a.png"));
        assertEquals(Path.of("here"), OutputFolder.inside(Path.of(""), "here"));
        assertEquals(Path.of(".", "here"), OutputFolder.inside(Path.of("."), "here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.png", "../../evil/a.png", "a/../../b", "/etc/passwd", "..", ".", "", "a\0b"})
    void whatWouldLieOutsideIsRefused(String name) {
        String message = assertThrows(UnusableInputException.class, () -> OutputFolder.inside(folder, name))
                .getMessage();
        assertTrue(message.contains(folder.toString()), message);
    }
}
