package org.lesionforge.torch.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

class SafetensorsTest {
    @TempDir
    Path folder;

    /** Bit patterns written by hand from IEEE 754 and the definition of bfloat16 (the upper half of a float32). */
    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000f83f 00000000000000c0, Double",
        "F32, 0000c03f 000000c0, Float",
        "F16, 003e 00c0, Half",
        "BF16, c03f 00c0, BFloat16"
    })
    void readsEveryFloatingType(String type, String bytes, String scalarType) throws IOException {
        byte[] data = hex(bytes);
        Path file = file(
                "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0," + data.length + "]}}", data);
        try (Scope scope = new Scope()) {
            Tensor tensor = Safetensors.open(file).tensor("x");
            assertEquals(ScalarType.valueOf(scalarType), tensor.scalar_type().intern());
            assertArrayEquals(new float[] {1.5f, -2}, Tensors.floats(tensor));
        }
    }

    @Test
    void readsSmallestAndLargestHalf() throws IOException {
        byte[] data = hex("0100 ff7b");
        Path file = file("{\"x\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", data);
        try (Scope scope = new Scope()) {
            assertArrayEquals(
                    new float[] {(float) Math.pow(2, -24), 65504},
                    Tensors.floats(Safetensors.open(file).tensor("x")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // type, bytes of three numbers, how many of them are not finite
        "F32,  0000c03f 0000c07f 0000807f,                            2", // 1.5, NaN, ∞
        "F16,  007c 00fc 003e,                                        2", // ∞, −∞, 1.5
        "BF16, c07f c03f c03f,                                        1", // NaN, 1.5, 1.5
        "F64,  000000000000f87f 000000000000f03f 000000000000f03f,    1", // NaN, 1, 1
        "F64,  9c7500883ce4377e 000000000000f03f 000000000000f03f,    1" // 1e300 is infinite as float32
    })
    void refusesWhatIsNotFinite(String type, String bytes, int bad) throws IOException {
        byte[] data = hex(bytes);
        Path file = file(
                "{\"bn.bias\":{\"dtype\":\"" + type + "\",\"shape\":[3],\"data_offsets\":[0," + data.length + "]}}",
                data);
        Safetensors opened = Safetensors.open(file);
        for (Executable read : List.<Executable>of(() -> opened.tensor("bn.bias"), opened::tensors)) {
            String message = assertThrows(UnusableInputException.class, read).getMessage();
            assertTrue(message.contains("'bn.bias' of " + file + " holds " + bad + " values of 3"), message);
        }
    }

    /** The sum of numbers may be infinite although none of them is. */
    @Test
    void theLargestNumbersAreFinite() throws IOException {
        Path file = file("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", hex("ffff7f7f ffff7f7f"));
        try (Scope scope = new Scope()) {
            assertArrayEquals(
                    new float[] {Float.MAX_VALUE, Float.MAX_VALUE},
                    Tensors.floats(Safetensors.open(file).tensor("x")));
        }
    }

    @Test
    void readsIntegersScalarsAndEmptyTensors() throws IOException {
        byte[] data = hex("feffffffffffffff ff07");
        Path file = file(
                "{\"__metadata__\":{\"format\":\"pt\"},\"count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"bytes\":{\"dtype\":\"U8\",\"shape\":[2,1],\"data_offsets\":[8,10]},"
                        + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[10,10]}}   ",
                data);
        Safetensors safetensors = Safetensors.open(file);
        assertEquals(Map.of("format", "pt"), safetensors.metadata());
        assertEquals(List.of("count", "bytes", "none"), List.copyOf(safetensors.names()));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = safetensors.tensors();
            assertArrayEquals(new long[] {-2}, Tensors.longs(tensors.get("count")));
            assertArrayEquals(new long[0], tensors.get("count").shape());
            assertArrayEquals(new float[] {255, 7}, Tensors.floats(tensors.get("bytes")));
            assertArrayEquals(new long[] {2, 1}, tensors.get("bytes").shape());
            assertArrayEquals(new long[] {0, 3}, tensors.get("none").shape());
        }
    }

    @Test
    void writesTheBytesThatTheFormatAsksFor() throws IOException {
        Path file = folder.resolve("out/small.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("b", Tensors.ofBytes(new byte[] {1, 2, 3}, 3));
            tensors.put("f", Tensors.of(new float[] {1.5f}, 1));
            Safetensors.write(file, tensors, Map.of("note", "ä"));
        }
        byte[] bytes = Files.readAllBytes(file);
        int headerBytes =
                (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, headerBytes % 8);
        assertEquals(
                "{\"__metadata__\":{\"note\":\"ä\"},\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]}}",
                new String(bytes, 8, headerBytes, StandardCharsets.UTF_8).trim());
        assertArrayEquals(hex("0000c03f 010203"), Arrays.copyOfRange(bytes, 8 + headerBytes, bytes.length));
    }

    @Test
    void theOrderOfTheTextsDoesNotChangeTheBytes() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("epoch", "3");
        texts.put("class", "malignant");
        Path file = folder.resolve("texts.safetensors");
        Safetensors.write(file, Map.of(), texts);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(
                "{\"__metadata__\":{\"class\":\"malignant\",\"epoch\":\"3\"}}",
                new String(bytes, 8, bytes.length - 8, StandardCharsets.UTF_8).trim());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("round.safetensors");
        float[] values = new float[600_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f - 7;
        }
        try (Scope scope = new Scope()) {
            // Transposed memory must come out row-major.
            Tensor matrix = Tensors.of(values, 1000, 600).t();
            Safetensors.write(file, Map.of("w", matrix, "n", Tensors.ofLongs(new long[] {1L << 40, -3}, 2)), Map.of());
            Map<String, Tensor> read = Safetensors.open(file).tensors();
            assertArrayEquals(new long[] {600, 1000}, read.get("w").shape());
            assertArrayEquals(Tensors.floats(matrix), Tensors.floats(read.get("w")));
            assertArrayEquals(new long[] {1L << 40, -3}, Tensors.longs(read.get("n")));
        }
    }

    @Test
    void readsWhatPythonWrote() {
        Path file = SharedFolder.require().resolve("golden/state_dict.safetensors");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = Safetensors.open(file).tensors();
            assertArrayEquals(new long[] {4, 3, 3, 3}, state.get("conv.weight").shape());
            assertEquals(1, Tensors.longs(state.get("bn.num_batches_tracked")).length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                  | JSON object",
                "{\"x\":                                                             | not JSON",
                "{\"x\":{\"dtype\":\"F8_E5M2\",\"shape\":[4],\"data_offsets\":[0,4]}} | F8_E5M2",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}     | needs 8 bytes",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}    | shape [-1]",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | too large",
                "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}                   | needs dtype, shape",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}      | begins at byte 2",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}      | describes 3 bytes",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"x\":{}} | Duplicate",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}} tail  | text follows",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}{}     | text follows",
                "'  {\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}'   | not a JSON object",
                "{\"__metadata__\":{\"a\":1}}                                           | holds 'a', which is not text",
                "{\"__metadata__\":{\"a\":null}}                                        | holds 'a', which is not text",
                "{\"__metadata__\":[]}                                                  | not an object of texts",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}} | begins at byte 2",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]}} | too large",
                "{\"x\":{\"dtype\":\"U8\",\"shape\":[4.0],\"data_offsets\":[0,4]}}     | needs dtype, shape",
                "{\"x\\u001b[31m\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}} | name cannot be shown, or is too long"
            })
    void saysWhatIsWrongWithAHeader(String header, String expected) throws IOException {
        Path file = file(header, new byte[4]);
        Exception failure = assertThrows(UnusableInputException.class, () -> Safetensors.open(file));
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }

    @Test
    void refusesHeadersThatAreNotUtf8OrBeyondBounds() throws IOException {
        byte[] latin = "{\"__metadata__\":{\"a\":\"ä\"}}".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(file(latin, new byte[0]), "not UTF-8");
        String deep = "{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        assertRefused(file(deep, new byte[0]), "nested too deeply");
        String ones = "1,".repeat(64) + "1";
        assertRefused(
                file("{\"x\":{\"dtype\":\"U8\",\"shape\":[" + ones + "],\"data_offsets\":[0,1]}}", new byte[1]),
                "has 65 dimensions");
        Path long64 = file("{}", new byte[0]);
        byte[] bytes = Files.readAllBytes(long64);
        bytes[7] = (byte) 0x80;
        assertRefused(Files.write(long64, bytes), "9223372036854775810 bytes long");
    }

    private static void assertRefused(Path file, String expected) {
        String message = assertThrows(UnusableInputException.class, () -> Safetensors.open(file))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = folder.resolve("text.safetensors");
        Files.writeString(text, "this is no safetensors file at all");
        assertTrue(assertThrows(UnusableInputException.class, () -> Safetensors.open(text))
                .getMessage()
                .contains("not a safetensors file"));
        Path empty = Files.createFile(folder.resolve("empty.safetensors"));
        assertThrows(UnusableInputException.class, () -> Safetensors.open(empty));
        assertThrows(UnusableInputException.class, () -> Safetensors.open(folder.resolve("absent")));
        Path good = file("{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[1]);
        Exception failure = assertThrows(
                IllegalArgumentException.class, () -> Safetensors.open(good).tensor("y"));
        assertTrue(failure.getMessage().contains("'y'"), failure.getMessage());
    }

    private Path file(String header, byte[] data) throws IOException {
        return file(header.getBytes(StandardCharsets.UTF_8), data);
    }

    private Path file(byte[] json, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        Path file = folder.resolve("made.safetensors");
        return Files.write(file, bytes.array());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
