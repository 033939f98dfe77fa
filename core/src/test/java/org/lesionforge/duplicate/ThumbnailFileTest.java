package org.lesionforge.duplicate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.UnusableInputException;

class ThumbnailFileTest {
    @TempDir
    Path folder;

    private static Thumbnail thumbnail(int first) {
        byte[] grey = new byte[64 * 64];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (first + i);
        }
        return Thumbnail.ofGrey(grey);
    }

    @Test
    void thumbnailsComeBackAsTheyWere() throws IOException {
        Path file = folder.resolve("thumbnails.npy");
        ThumbnailFile.write(file, List.of(thumbnail(0), thumbnail(7)));
        byte[] bytes = Files.readAllBytes(file);
        String header = new String(bytes, 0, bytes.length - 2 * 4096, StandardCharsets.ISO_8859_1);
        assertTrue(header.contains("'|u1'") && header.contains("(2, 64, 64"), header);
        assertEquals(7, bytes[bytes.length - 4096], "one after another");
        List<Thumbnail> read = ThumbnailFile.read(file);
        assertEquals(2, read.size());
        assertArrayEquals(thumbnail(0).grey(), read.get(0).grey());
        assertArrayEquals(thumbnail(7).grey(), read.get(1).grey());
    }

    @Test
    void anotherArrayIsRefused() throws IOException {
        Path file = folder.resolve("other.npy");
        byte[] header = NpyHeader.bytes("|u1", 1, 64, 32);
        Files.write(file, Arrays.copyOf(header, header.length + 64 * 32));
        String message = assertThrows(UnusableInputException.class, () -> ThumbnailFile.read(file))
                .getMessage();
        assertTrue(message.contains("|u1 [1, 64, 32]; thumbnails are |u1 [N, 64, 64]"), message);
    }
}
