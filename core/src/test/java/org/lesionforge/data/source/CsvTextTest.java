package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;

class CsvTextTest {
    @TempDir
    Path folder;

    /** What a disk leaves of a block that it lost; such a cell was taken for the name of a lesion. */
    @Test
    void nulIsNoText() throws IOException {
        Path table = folder.resolve("labels.csv");
        Files.writeString(table, "image,label\na,benign\nb,mali\0\0\0t\n");
        UnusableInputException refused = assertThrows(UnusableInputException.class, () -> CsvText.of(table));
        assertTrue(refused.getMessage().contains("labels.csv line 3 holds a NUL character"), refused.getMessage());
        Files.writeString(table, "image,label\na,benign\n");
        assertEquals("image,label\na,benign\n", CsvText.of(table));
    }
}
