package org.lesionforge.torch.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;

/** Files made to exhaust a reader, or to have it run code: refused at once, in one sentence, by a reason and not by a crash. */
class HostilePthTest {
    /** A sound file takes milliseconds; what these are after takes hours, or all memory. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String PROTOCOL = "\u0080\u0002";

    @TempDir
    Path folder;

    private static void assertRefused(Path file, String... words) {
        String message = assertTimeoutPreemptively(
                        SOON, () -> assertThrows(UnusableInputException.class, () -> TensorFile.open(file)))
                .getMessage();
        assertTrue(message.contains(file.toString()) && message.length() < 1500, message);
        assertFalse(message.contains("java.") || message.contains("lesionforge.torch"), message);
        assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    static Stream<String> cases() throws IOException {
        Path cases = SharedFolder.require().resolve("cases/hostile-pth");
        try (Stream<Path> files = Files.list(cases)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsNothingOrRefused(String name) {
        Path file = SharedFolder.require().resolve("cases/hostile-pth").resolve(name);
        assertTimeoutPreemptively(SOON, () -> {
            try {
                TensorFile opened = TensorFile.open(file);
                assertTrue(opened.names().isEmpty(), "an empty dictionary is no weights, and no harm");
            } catch (UnusableInputException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        });
    }

    /** Level k holds level k − 1 twice: 2^levels when it is printed, compared, hashed or copied. */
    private static String doubling(int levels, String begin, String between, String end) {
        StringBuilder pickle = new StringBuilder("]q\u0000");
        for (int i = 0; i < levels; i++) {
            char level = (char) i;
            pickle.append(begin)
                    .append('h')
                    .append(level)
                    .append(between)
                    .append('h')
                    .append(level)
                    .append(end);
            pickle.append('q').append((char) (i + 1));
        }
        return pickle.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 60, 200})
    void sharedPartsThatDoubleAtEveryLevel(int levels) throws IOException {
        String lists = doubling(levels, "](", "", "e");
        String tuples = doubling(levels, "", "", "\u0086");
        String dictionaries = doubling(levels, "}(X\u0005\u0000\u0000\u0000model", "X\u0003\u0000\u0000\u0000net", "u");
        for (String shared : new String[] {lists, tuples, dictionaries}) {
            PthWriter state = PthWriter.ofPickle(PROTOCOL + shared + ".");
            assertRefused(state.zip(folder.resolve("zip")));
            assertRefused(state.legacy(folder.resolve("state")));
            String asKey = PROTOCOL + shared + "}h" + (char) levels + "K\u0001s.";
            assertRefused(PthWriter.ofPickle(asKey).zip(folder.resolve("key")), "with keys that are neither");
            assertRefused(legacy(PROTOCOL + shared + ".", "", ""), "version is not 1001");
            assertRefused(legacy("", PROTOCOL + shared + ".", ""), "little-endian");
            assertRefused(legacy("", "", PROTOCOL + "](" + shared + "e."), "something else than storages");
        }
    }

    @Test
    void containersThatContainThemselves() throws IOException {
        String list = "]q\u0000h\u0000a";
        String dictionary = "}q\u0000X\u0005\u0000\u0000\u0000modelh\u0000s";
        for (String cycle : new String[] {list, dictionary}) {
            assertRefused(PthWriter.ofPickle(PROTOCOL + cycle + ".").zip(folder.resolve("zip")));
            assertRefused(legacy(PROTOCOL + cycle + ".", "", ""), "version is not 1001");
            assertRefused(legacy("", PROTOCOL + cycle + ".", ""), "little-endian");
            assertRefused(legacy("", "", PROTOCOL + "](" + cycle + "e."), "something else than storages");
        }
        // As arguments, as a shape, as a persistent id.
        assertRefused(PthWriter.ofPickle(PROTOCOL + "ctorch._utils\n_rebuild_tensor_v2\n" + list + "R.")
                .zip(folder.resolve("arguments")));
        assertRefused(PthWriter.ofPickle(PROTOCOL + "ctorch\nSize\n" + list + "\u0085R.")
                .zip(folder.resolve("size")));
        assertRefused(PthWriter.ofPickle(PROTOCOL + list + "Q.").zip(folder.resolve("id")));
    }

    @Test
    void depthAndNumberAreBounded() throws IOException {
        assertRefused(
                PthWriter.ofPickle(PROTOCOL + "]".repeat(190_000) + "a".repeat(189_999) + ".")
                        .zip(folder.resolve("deep")),
                "no dictionary of tensors");
        assertRefused(
                PthWriter.ofPickle(PROTOCOL + "]".repeat(1_500_000) + ".").zip(folder.resolve("many")), "operations");
        assertRefused(PthWriter.ofPickle(PROTOCOL + "(".repeat(1_500_000)).zip(folder.resolve("marks")), "operations");
        // One operation that copies 50,000 pairs, ten thousand times.
        String pairs = "](" + "K\u0001K\u0002\u0086".repeat(50_000) + "eq\u00000";
        assertRefused(
                PthWriter.ofPickle(PROTOCOL + pairs + "ccollections\nOrderedDict\n(h\u0000tR0".repeat(10_000))
                        .zip(folder.resolve("pairs")),
                "operations");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\u00ff\u00ff\u00ff\u007f", // 2 GB of text
                "X\u00ff\u00ff\u00ff\u00ff", // 4 GB
                "T\u00ff\u00ff\u00ff\u007f", // of bytes
                "\u008b\u00ff\u00ff\u00ff\u007f", // a number of 2 GB
                "\u008d\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000", // text of 1 TB
                "\u008e\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000", // bytes of 1 TB
                "j\u00ff\u00ff\u00ff\u00ff", // memory that was never written
                "cposix\nsystem\n", // names
                "\u0082\u0001", // extension registry
                "P1\n", // persistent ids in words
                "c\u001b[31mred\u0007\nx\n" // for the terminal
            })
    void operationsThatNoStateDictNeeds(String operations) throws IOException {
        PthWriter pickle = PthWriter.ofPickle(PROTOCOL + operations + ".");
        assertRefused(pickle.zip(folder.resolve("zip")));
        assertRefused(pickle.legacy(folder.resolve("legacy")));
    }

    @Test
    void tensorsLargerThanTheirStorage() throws IOException {
        byte[] four = new byte[4];
        assertRefused(view(four, 1, 0, new long[] {1L << 31}, 0), "larger than its storage of 1 numbers");
        assertRefused(view(four, 1, 0, new long[] {1 << 20, 1 << 20}, 0, 0), "larger than its storage of 1 numbers");
        assertRefused(view(four, 1, 0, new long[] {1L << 62, 8}, 0, 0), "too large");
        assertRefused(view(four, 1, 0, new long[] {0, 1L << 62, 8}, 1, 1, 1), "too large");
        assertRefused(view(four, 1, -1, new long[] {1}, 1), "do not belong together");
        assertRefused(view(four, 1, 0, new long[] {-1}, 1), "do not belong together");
        assertRefused(view(four, 1, 0, new long[] {1}, -1), "do not belong together");
        assertRefused(view(four, 1, 0, new long[65], new long[65]), "a tensor of 65 dimensions");
        assertRefused(view(four, 1, Long.MAX_VALUE, new long[] {2}, 1), "too large");
    }

    private Path view(byte[] storage, int width, long offset, long[] shape, long... strides) throws IOException {
        return PthWriter.stateDict()
                .tensor("x", "FloatStorage", storage, 4 * width, offset, shape, strides)
                .end()
                .zip(folder.resolve("view"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "a/b", "..", "", "\u001b[0m"})
    void storagesOutsideOfTheirFolder(String key) throws IOException {
        PthWriter pickle = PthWriter.ofPickle(PROTOCOL + "(")
                .text("storage")
                .raw("ctorch\nFloatStorage\n")
                .text(key);
        assertRefused(pickle.text("cpu").raw("K\u0001tQ.").zip(folder.resolve("zip")), "a storage of the key");
    }

    @Test
    void archivesThatUnpackToManyTimesTheirSize() throws IOException {
        Path file = folder.resolve("bomb");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            byte[] nothing = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(nothing);
            }
        }
        assertRefused(file, "would unpack to 67108864");
        // The directory speaks of 4 bytes; unpacking stops there.
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int directory = 0;
        while (bytes.getInt(directory) != 0x02014b50) {
            directory++;
        }
        bytes.putInt(directory + 24, 4);
        assertRefused(Files.write(file, bytes.array()), "archive/data.pkl", "more than the 4 bytes");
    }

    /** Whatever a byte is changed to, the answer is tensors or a reason. */
    @Test
    void everyOtherFileIsReadOrRefused() throws IOException {
        PthWriter state = PthWriter.stateDict()
                .floats("conv.weight", new float[] {1, 2, 3, 4}, 2, 2)
                .floats("conv.bias", new float[] {5}, 1)
                .end();
        Random random = new Random(6);
        for (Path file : new Path[] {state.zip(folder.resolve("zip")), state.legacy(folder.resolve("legacy"))}) {
            byte[] sound = Files.readAllBytes(file);
            Path changed = folder.resolve("changed");
            for (int i = 0; i < 400; i++) {
                byte[] bytes = sound.clone();
                for (int k = 0; k <= i % 3; k++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                Files.write(changed, bytes);
                try (Scope scope = new Scope()) {
                    TensorFile opened = TensorFile.open(changed);
                    opened.names().forEach(opened::tensor);
                } catch (UnusableInputException e) {
                    assertTrue(e.getMessage().contains(changed.toString()), e.getMessage());
                }
            }
        }
    }

    /** A file in the old format; what is empty is as it should be. */
    private Path legacy(String version, String system, String keys) throws IOException {
        String[] pickles = {
            new String(LegacyPth.START, StandardCharsets.ISO_8859_1) + ".",
            version.isEmpty() ? PROTOCOL + "M\u00e9\u0003." : version,
            system.isEmpty() ? PROTOCOL + "}X\r\u0000\u0000\u0000little_endian\u0088s." : system,
            PROTOCOL + "}.",
            keys.isEmpty() ? PROTOCOL + "]." : keys
        };
        return Files.write(folder.resolve("made"), String.join("", pickles).getBytes(StandardCharsets.ISO_8859_1));
    }
}
