package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.SharedFolder;

/** {@code .npy} and {@code .npz}, by headers written by hand after NumPy's description of the format. */
class NpyFormatTest {
    @TempDir
    Path folder;

    private static byte[] npy(int version, String header, byte... values) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int width = version == 1 ? 2 : 4;
        ByteBuffer bytes = ByteBuffer.allocate(8 + width + text.length + values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        return bytes.put(text).put(values).array();
    }

    private static String header(String type, String shape) {
        return "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }   \n";
    }

    private NpyArray open(byte... file) throws IOException {
        return NpyArray.open(Files.write(folder.resolve("x.npy"), file), "x.npy");
    }

    private void assertRefused(byte[] file, String... words) {
        String message =
                assertThrows(UnusableInputException.class, () -> open(file)).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1; {'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }",
                "1; {'shape': (2, 3), 'fortran_order': False, 'descr': '|u1'}",
                "1; {\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (2, 3)}",
                "1; {'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L), }", // Python 2
                "2; {'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }",
                "3; {'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }"
            })
    void readsWhatNumPyWrites(int version, String header) throws IOException {
        NpyArray array = open(npy(version, header, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6));
        assertEquals("|u1", array.type());
        assertArrayEquals(new long[] {2, 3}, array.shape());
        byte[] row = new byte[3];
        array.bytes(3, row, 0, 3);
        assertArrayEquals(new byte[] {4, 5, 6}, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (6,), }; Python objects",
                "{'descr': [('a', '<f4'), ('b', '|u1')], 'fortran_order': False, 'shape': (6,), }; several fields",
                "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }; column by column",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (6,), }; type >f4",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }; should have",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }; should have",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (-6,), }; header should give",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (3000000000, 1), }; dimension of 3000000000",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,), }; has a shape that is not",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }; too large",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2000000000, 2000000000, 2000000000), }; too large",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (6,), 'shape': (6,), }; header should give",
                "{'descr': '|u1', 'fortran_order': False, }; header should give",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (6,), 'more': 1}; header should give",
                "__import__('os').system('exit'); header should give"
            })
    void saysWhatIsWrongWithAHeader(String header, String expected) {
        assertRefused(npy(1, header, new byte[6]), "x.npy", expected);
    }

    /** 10 bytes before the text, blanks and a line's end behind it, 64 or 128 in all. */
    @Test
    void writesHeadersThatAreReadBack() throws IOException {
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 4, 3), }";
        byte[] fixed = NpyHeader.bytesBefore(128, "|u1", 3, 4, 4, 3);
        assertArrayEquals(start, Arrays.copyOf(fixed, 10));
        assertEquals(text + " ".repeat(117 - text.length()) + "\n", new String(fixed, 10, 118, StandardCharsets.UTF_8));
        assertEquals(128, fixed.length);

        byte[] aligned = NpyHeader.bytes("<f4", 6, 2);
        assertEquals(0, aligned.length % 64);
        for (byte[] header : List.of(fixed, aligned, NpyHeader.bytes("<f8", 7))) {
            NpyHeader read = NpyHeader.read(new ByteArrayInputStream(header), "x.npy");
            assertEquals(header.length, read.start());
        }
        assertArrayEquals(
                new long[] {6, 2},
                NpyHeader.read(new ByteArrayInputStream(aligned), "x.npy").shape());
    }

    @Test
    void refusesOtherFilesAndVersions() throws IOException {
        byte[] sound = npy(1, header("'|u1'", "(1,)"), (byte) 7);
        assertRefused(Arrays.copyOf(sound, 9), "ends within its header");
        assertRefused(Arrays.copyOf(sound, 40), "ends within its header");
        assertRefused(new byte[] {(byte) 0x93, 'N'}, "ends within its header");
        assertRefused(npy(4, header("'|u1'", "(1,)"), (byte) 7), "version 4.0, expected 1.0 to 3.0");
        byte[] endless = npy(2, header("'|u1'", "(1,)"), (byte) 7);
        endless[11] = (byte) 0xFF;
        assertRefused(endless, "announces a header of 42781", "at most 65536");
    }

    /** Whatever a byte is changed to, the answer is the array or a reason. */
    @Test
    void everyOtherFileIsReadOrRefused() throws IOException {
        byte[] sound = npy(1, header("'|u1'", "(2, 1, 1, 3)"), new byte[6]);
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] changed = sound.clone();
            changed[random.nextInt(80)] = (byte) random.nextInt();
            try {
                NpyArray array = open(changed);
                assertEquals(changed.length, array.start() + 6, "values of six bytes");
                array.channel().close();
            } catch (UnusableInputException e) {
                assertTrue(e.getMessage().contains("x.npy"), e.getMessage());
            }
        }
    }

    @Test
    void sparseFilesOfManyPixelsAreRefusedAsImages() throws IOException {
        byte[] start = npy(1, header("'|u1'", "(2, 30000, 30000, 3)"));
        Path file = Files.write(folder.resolve("large.npy"), start);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(start.length + 2L * 30_000 * 30_000 * 3);
        }
        NpyArray array = NpyArray.open(file, "large.npy");
        assertTrue(array.holdsImages());
        String message = assertThrows(UnusableInputException.class, array::requireImageSize)
                .getMessage();
        assertTrue(message.contains("30000×30000"), message);
        array.channel().close();
    }

    private Path npz(byte[] entry) throws IOException {
        Path file = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("arr_0.npy"));
            zip.write(entry);
        }
        return file;
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("lesionforge-.*\\.npy"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anUnpackedArrayHasNoNameInTheTemporaryFolder() throws IOException {
        List<Path> before = temporaryFiles();
        byte[] values = new byte[300_000];
        new Random(1).nextBytes(values);
        NpyArray array = NpzFile.open(npz(npy(1, header("'|u1'", "(100000, 3)"), values)));
        assertEquals(before, temporaryFiles(), "while it is used");
        byte[] read = new byte[values.length];
        array.bytes(0, read, 0, read.length);
        assertArrayEquals(values, read);
        array.channel().close();
    }

    /** Its checksum is wrong, too, which unpacking it would find: the header is looked at first. */
    @Test
    void anArrayThatPromisesMoreThanItHoldsIsRefusedBeforeItIsUnpacked() throws IOException {
        byte[] entry = npy(1, header("'|u1'", "(300000000, 3)"), new byte[90]);
        Path file = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry stored = new ZipEntry("arr_0.npy");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(entry.length);
            CRC32 crc = new CRC32();
            crc.update(entry);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(entry);
        }
        byte[] bytes = Files.readAllBytes(file);
        int lastOfEntry = 30 + "arr_0.npy".length() + entry.length - 1;
        bytes[lastOfEntry] ^= 1;
        Files.write(file, bytes);
        String message = assertThrows(UnusableInputException.class, () -> NpzFile.open(file))
                .getMessage();
        assertTrue(message.contains("should have 9000000") && message.contains("arr_0 in " + file), message);
    }

    @ParameterizedTest
    @CsvSource({"00000.npz, test_images", "one-pixel.npz, train_images"})
    void aWrongChecksumNamesTheEntry(String name, String expected) {
        Path file = SharedFolder.require().resolve("cases/npz-crc").resolve(name);
        String message = assertThrows(UnusableInputException.class, () -> {
                    for (String array : NpzFile.names(file)) {
                        NpzFile.open(file, array).channel().close();
                    }
                })
                .getMessage();
        assertTrue(message.contains("its entry " + expected + ".npy is damaged: its CRC-32"), message);
        assertTrue(message.contains(file.toString()), message);
    }

    @Test
    void theFileThatTheDamagedOnesCameFromIsSound() throws IOException {
        Path file = SharedFolder.require().resolve("cases/npz-crc/original-stored.npz");
        for (String array : NpzFile.names(file)) {
            NpzFile.open(file, array).channel().close();
        }
    }
}
