package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.data.prepare.NpyWriter;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.UnusableInputException;

class PixelStoreTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() throws IOException {
        Path file = folder.resolve("pixels-2.npy");
        byte[] first = new byte[12];
        Arrays.fill(first, (byte) 3);
        byte[] second = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        try (NpyWriter writer = new NpyWriter(file, 2)) {
            writer.append(first, PixelHash.of(2, 2, first));
            writer.append(second, PixelHash.of(2, 2, second));
        }
        PixelStore store = PixelStore.open(file, Optional.empty());
        assertEquals(2, store.count());
        assertEquals(2, store.side());
        byte[] read = new byte[12];
        store.read(1, read, 0);
        assertArrayEquals(second, read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(3000000000, 1, 1, 3);   12; a dimension of 3000000000",
                "(5, 0, 0, 3);             0; images of 0×0",
                "(1, 30000, 30000, 3);    12; images of 30000×30000",
                "(2000000000, 2, 2, 3);   12; should have",
                "(1, 2, 3, 3);            18; square uint8 images",
                "(1, 2, 2, 4);            16; square uint8 images",
                "(1, 2, 2, 3);            11; should have",
                "(1, 2, 2, 3);            13; should have"
            })
    void refusesWhatIsNoStore(String shape, int bytes, String expected) throws IOException {
        String header = String.format("%-117s\n", "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }");
        byte[] file = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, 128 + bytes);
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 10, 118);
        Path store = Files.write(folder.resolve("pixels.npy"), file);
        String message = assertThrows(UnusableInputException.class, () -> PixelStore.open(store, Optional.empty()))
                .getMessage();
        assertTrue(message.contains(expected) && message.contains(store.toString()), message);
    }
}
