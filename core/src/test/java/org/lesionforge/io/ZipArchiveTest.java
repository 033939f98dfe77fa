package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {
    /** Places in an entry of the central directory, from APPNOTE.TXT 4.3.12. */
    private static final int CRC = 16;

    private static final int SIZE = 24;

    @TempDir
    Path folder;

    /** Packed entries a (100 times 'a') and b. */
    private Path archive() throws IOException {
        Path file = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.write("a".repeat(100).getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry("b"));
            zip.write('b');
        }
        return file;
    }

    /** Changes a number in the central directory's first entry. */
    private static Path with(Path file, int place, int value) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int entry = 0;
        while (bytes.getInt(entry) != 0x02014b50) {
            entry++;
        }
        bytes.putInt(entry + place, value);
        return Files.write(file, bytes.array());
    }

    @Test
    void readsWhatIsSound() throws IOException {
        try (ZipArchive zip = ZipArchive.open(archive())) {
            assertEquals(List.of("a", "b"), zip.names());
            assertEquals(101, zip.unpackedBytes());
            zip.check("a");
            zip.check("b");
            try (InputStream in = zip.open("a")) {
                assertEquals(99, in.skip(99));
                assertArrayEquals(new byte[] {'a'}, in.readAllBytes());
            }
        }
    }

    @Test
    void namesTheEntryWhoseChecksumOrLengthIsWrong() throws IOException {
        assertDamaged(with(archive(), CRC, 1), "entry a is damaged: its CRC-32 is", "the archive says 00000001");
        assertDamaged(with(archive(), SIZE, 99), "entry a has more than the 99 bytes that the archive promises");
        assertDamaged(with(archive(), SIZE, 1 << 30), "entry a should have 1073741824 bytes, it has 100");
    }

    private static void assertDamaged(Path file, String... words) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            zip.check("b");
            String message =
                    assertThrows(IOException.class, () -> zip.check("a")).getMessage();
            for (String word : words) {
                assertTrue(message.contains(word), message);
            }
        }
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(archive());
        for (int i = 0; i + 1 < bytes.length; i++) {
            // The names stand behind the headers, which end in numbers; b becomes a in both places.
            if (bytes[i] == 'b' && bytes[i - 1] == 0) {
                bytes[i] = 'a';
            }
        }
        Path file = Files.write(folder.resolve("twice.zip"), bytes);
        String message = assertThrows(
                        IOException.class, () -> ZipArchive.open(file).close())
                .getMessage();
        assertTrue(message.contains("its entry a is there twice"), message);
    }
}
