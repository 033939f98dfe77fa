package org.lesionforge.torch.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

class PthFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zip", "legacy"})
    void equalsTheSafetensorsOfTheSameStateBitForBit(String format) {
        Path golden = SharedFolder.require().resolve("golden");
        TensorFile expected = TensorFile.open(golden.resolve("state_dict.safetensors"));
        TensorFile read = TensorFile.open(golden.resolve("state_dict_" + format + ".pth"));
        assertInstanceOf(PthFile.class, read);
        assertEquals(Map.of(), read.metadata());
        assertEquals(expected.names(), read.names());
        try (Scope scope = new Scope()) {
            for (String name : expected.names()) {
                assertArrayEquals(expected.shape(name), read.shape(name), name);
                Tensor tensor = read.tensor(name);
                assertEquals(
                        expected.tensor(name).scalar_type().intern(),
                        tensor.scalar_type().intern(),
                        name);
                assertTrue(torch.equal(expected.tensor(name), tensor), name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // type of the storage, bytes of 1.5 and −2 (or 1 and 254 and so on), type of the tensor, values
        "DoubleStorage,   000000000000f83f00000000000000c0, Double,   1.5, -2",
        "FloatStorage,    0000c03f000000c0,                 Float,    1.5, -2",
        "HalfStorage,     003e00c0,                         Half,     1.5, -2",
        "BFloat16Storage, c03f00c0,                         BFloat16, 1.5, -2",
        "LongStorage,     0100000000000000feffffffffffffff, Long,     1,   -2",
        "IntStorage,      01000000feffffff,                 Int,      1,   -2",
        "ShortStorage,    0100feff,                         Short,    1,   -2",
        "CharStorage,     01fe,                             Char,     1,   -2",
        "ByteStorage,     01fe,                             Byte,     1,   254",
        "BoolStorage,     0100,                             Bool,     1,   0"
    })
    void readsEveryType(String storage, String hex, String type, float first, float second) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        PthWriter state = PthWriter.stateDict()
                .tensor("x", storage, bytes, bytes.length / 2, 0, new long[] {2}, 1)
                .end();
        for (Path file : List.of(state.zip(folder.resolve("zip")), state.legacy(folder.resolve("legacy")))) {
            try (Scope scope = new Scope()) {
                Tensor tensor = TensorFile.open(file).tensor("x");
                assertEquals(ScalarType.valueOf(type), tensor.scalar_type().intern());
                assertArrayEquals(new float[] {first, second}, Tensors.floats(tensor));
            }
        }
    }

    /** Storage 0 … 11; every view's values follow from offset and strides by hand. */
    @ParameterizedTest
    @CsvSource({
        "0, 3 4, 4 1, 0 1 2 3 4 5 6 7 8 9 10 11",
        "0, 4 3, 1 4, 0 4 8 1 5 9 2 6 10 3 7 11", // transposed
        "5, 2 2, 4 2, 5 7 9 11", // a part, every second column
        "7, 2 3, 0 1, 7 8 9 7 8 9", // one row shown twice, no more numbers than the storage has
        "3, '', '', 3", // a single number
        "12, 0 4, 4 1, ''" // nothing
    })
    void honoursOffsetsAndStrides(long offset, String shape, String strides, String expected) throws IOException {
        byte[] storage = new byte[12];
        for (int i = 0; i < storage.length; i++) {
            storage[i] = (byte) i;
        }
        PthWriter state = PthWriter.stateDict()
                .tensor("x", "ByteStorage", storage, 1, offset, numbers(shape), numbers(strides))
                .end();
        for (Path file : List.of(state.zip(folder.resolve("zip")), state.legacy(folder.resolve("legacy")))) {
            TensorFile opened = TensorFile.open(file);
            assertArrayEquals(numbers(shape), opened.shape("x"));
            try (Scope scope = new Scope()) {
                Tensor tensor = opened.tensor("x");
                assertTrue(tensor.is_contiguous());
                long[] values = numbers(expected);
                assertArrayEquals(values, Tensors.longs(tensor));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0080\u0002cos\nsystem\n(X\u0004\u0000\u0000\u0000exittR.', os.system",
        "'\u0080\u0002cposix\nsystem\n.', posix.system",
        "'\u0080\u0002cbuiltins\neval\n.', builtins.eval",
        "'\u0080\u0002ctorch\nload\n.', torch.load",
        "'\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093.', os.system",
        "'(S''exit''\nios\nsystem\n.', the operation 83",
        "'\u0080\u0002(ios\nsystem\n.', the operation 105",
        "'\u0080\u0002ccollections\nOrderedDict\n)\u0081.', the operation 129"
    })
    void refusesEveryOtherNameAndSaysWhich(String pickle, String expected) throws IOException {
        PthWriter malicious = PthWriter.ofPickle(pickle);
        for (Path file : List.of(malicious.zip(folder.resolve("zip")), malicious.legacy(folder.resolve("legacy")))) {
            assertRefused(file, file.toString());
            assertRefused(file, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0080\u0002]q\u0000.', no dictionary of tensors",
        "'\u0080\u0002}X\u0005\u0000\u0000\u0000epochK\u0003s.', epoch",
        "'\u0080\u0002}]K\u0001s.', keys that are neither text nor numbers",
        "'\u0080\u0002R.', empty stack",
        "'\u0080\u0002tt.', mark",
        "'\u0080\u0002h\u0005.', memory cell 5",
        "'\u0080\u0002)K\u0001a.', something else than a list",
        "'\u0080\u0002ctorch\nFloatStorage\n)R.', a call of FLOATS",
        "'\u0080\u0002X\u00ff\u00ff\u00ff\u007fshort', announces 2147483647 bytes",
        "'\u0080\u0002}', cut short"
    })
    void refusesWhatIsNoStateDict(String pickle, String expected) throws IOException {
        assertRefused(PthWriter.ofPickle(pickle).zip(folder.resolve("zip")), expected);
    }

    /** A model's weights as training scripts save them: beside what the optimiser remembers. */
    @ParameterizedTest
    @CsvSource({
        "state_dict,       ''",
        "model,            ''",
        "model_state_dict, ''",
        "net,              ''",
        "my_network,       ''", // the only one, whatever its name
        "state_dict,       state_dict_ema", // the average is not what was trained
        "model_ema,        ''"
    })
    void findsTheStateDictOfACheckpoint(String name, String beside) throws IOException {
        PthWriter checkpoint = PthWriter.ofPickle("\u0080\u0002}(");
        checkpoint.text("epoch").raw("K\u0003").text("best").raw("G?\u00e0\u0000\u0000\u0000\u0000\u0000\u0000");
        checkpoint.text("note").raw("N").text("losses").raw("](K\u0001K\u0002e");
        if (!beside.isEmpty()) {
            checkpoint.text(beside).raw("}(").floats("x", new float[] {7}, 1).raw("u");
        }
        checkpoint.text(name).raw("}(").floats("x", new float[] {1.5f, -2}, 2).raw("u");
        checkpoint.text("optimizer").raw("}(").text("state").raw("}K\u0000}").text("exp_avg");
        checkpoint.raw("K\u0001ss").text("param_groups").raw("]u").end();
        for (Path file : List.of(checkpoint.zip(folder.resolve("zip")), checkpoint.legacy(folder.resolve("legacy")))) {
            TensorFile opened = TensorFile.open(file);
            assertEquals(Set.of("x"), opened.names());
            assertEquals(1, opened.notes().size());
            String note = opened.notes().get(0);
            assertTrue(note.startsWith("'" + name + "' was taken") && note.contains("epoch, best, note"), note);
            try (Scope scope = new Scope()) {
                assertArrayEquals(new float[] {1.5f, -2}, Tensors.floats(opened.tensor("x")));
            }
        }
    }

    @Test
    void findsAStateDictWithinAModelEntry() throws IOException {
        PthWriter nested =
                PthWriter.ofPickle("\u0080\u0002}(").text("model").raw("}(").text("epoch");
        nested.raw("K\u0003")
                .text("state_dict")
                .raw("}(")
                .floats("x", new float[] {1}, 1)
                .raw("uu")
                .end();
        TensorFile opened = TensorFile.open(nested.zip(folder.resolve("nested")));
        assertEquals(Set.of("x"), opened.names());
        assertEquals(2, opened.notes().size());
    }

    @Test
    void doesNotGuessBetweenTwoNets() throws IOException {
        PthWriter gan = PthWriter.ofPickle("\u0080\u0002}(").text("generator").raw("}(");
        gan.floats("x", new float[] {1}, 1).raw("u").text("discriminator").raw("}(");
        gan.floats("x", new float[] {1}, 1).raw("uu.");
        assertRefused(gan.zip(folder.resolve("gan")), "several dictionaries of tensors, generator, discriminator");
    }

    @Test
    void saysHowToSaveWhatItCannotRead() throws IOException {
        String remedy = "torch.save(model.state_dict(), \"weights.pth\")";
        PthWriter whole = PthWriter.ofPickle("\u0080\u0002ctorchvision.models.inception\nInception3\n)\u0081}b.");
        assertRefused(whole.zip(folder.resolve("whole")), "torchvision.models.inception.Inception3", remedy);
        PthWriter arguments = PthWriter.ofPickle("\u0080\u0002}(").text("args").raw("cargparse\nNamespace\n)\u0081u.");
        assertRefused(arguments.zip(folder.resolve("arguments")), "argparse.Namespace", remedy);
        Path script = folder.resolve("script.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(script))) {
            for (String entry : List.of("net/data.pkl", "net/code/__torch__.py", "net/constants.pkl")) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
        assertRefused(script, "a TorchScript program", "torch.jit.load(\"net.pth\").state_dict()");
    }

    @Test
    void readsNamesWithoutTheirPrefix() throws IOException {
        Path file = PthWriter.stateDict()
                .floats("module.conv.weight", new float[] {1, 2}, 2)
                .floats("module.conv.bias", new float[] {3}, 1)
                .end()
                .zip(folder.resolve("parallel"));
        TensorFile opened = TensorFile.open(file);
        TensorFile shorter = opened.withoutPrefix("module.");
        assertEquals(List.of("conv.weight", "conv.bias"), List.copyOf(shorter.names()));
        assertArrayEquals(new long[] {2}, shorter.shape("conv.weight"));
        assertTrue(shorter.notes().get(0).contains("'module.'"), shorter.notes().toString());
        try (Scope scope = new Scope()) {
            assertArrayEquals(new float[] {3}, Tensors.floats(shorter.tensor("conv.bias")));
        }
        assertThrows(IllegalArgumentException.class, () -> opened.withoutPrefix("module.conv.w"));
    }

    @Test
    void refusesNumbersThatAreNotFinite() throws IOException {
        PthWriter state = PthWriter.stateDict()
                .floats("sound", new float[] {1}, 1)
                .floats("bn.bias", new float[] {Float.NaN, 1, Float.NEGATIVE_INFINITY}, 3)
                .end();
        for (Path file : List.of(state.zip(folder.resolve("zip")), state.legacy(folder.resolve("legacy")))) {
            TensorFile opened = TensorFile.open(file);
            opened.tensor("sound").close();
            String message = assertThrows(UnusableInputException.class, () -> opened.tensor("bn.bias"))
                    .getMessage();
            assertTrue(message.contains("'bn.bias' of " + file + " holds 2 values of 3"), message);
        }
    }

    @Test
    void refusesViewsBeyondTheirStorageAndNumbersThatAreCutShort() throws IOException {
        byte[] eight = new byte[8];
        PthWriter beyond = PthWriter.stateDict()
                .tensor("x", "FloatStorage", eight, 4, 1, new long[] {2}, 1)
                .end();
        assertRefused(beyond.zip(folder.resolve("beyond")), "reaches beyond its storage of 2 numbers");
        PthWriter huge = PthWriter.stateDict()
                .tensor("x", "FloatStorage", eight, 4, 0, new long[] {1L << 62, 8}, 8, 1)
                .end();
        assertRefused(huge.zip(folder.resolve("huge")), "too large");
        PthWriter missing = PthWriter.stateDict()
                .tensor("x", "FloatStorage", eight, 2, 0, new long[] {4}, 1)
                .end();
        assertRefused(missing.zip(folder.resolve("missing")), "should have 16 bytes, the archive has 8");

        Path whole = PthWriter.stateDict()
                .floats("x", new float[] {1, 2, 3}, 3)
                .end()
                .legacy(folder.resolve("whole"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(cut, "12 bytes, 11 are left");
        assertRefused(Files.write(folder.resolve("head"), Arrays.copyOf(bytes, 40)), "cut short");
        Path zip = PthWriter.stateDict().end().zip(folder.resolve("zip"));
        byte[] archive = Files.readAllBytes(zip);
        assertRefused(Files.write(folder.resolve("cut-zip"), Arrays.copyOf(archive, archive.length / 2)), "cut short");
        assertThrows(
                IllegalArgumentException.class, () -> TensorFile.open(whole).tensor("y"));
    }

    private static void assertRefused(Path file, String... expected) {
        Exception failure = assertThrows(UnusableInputException.class, () -> TensorFile.open(file));
        for (String words : expected) {
            assertTrue(failure.getMessage().contains(words), failure.getMessage());
        }
    }

    private static long[] numbers(String list) {
        return list.isBlank()
                ? new long[0]
                : Arrays.stream(list.strip().split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
    }
}
