package org.lesionforge.torch.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .pth} files by hand, byte for byte as Python's pickle would, so that tests need no PyTorch. */
public final class PthWriter {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final Map<String, Long> elements = new LinkedHashMap<>();

    private PthWriter() {}

    /** Of the operations {@code operations} (ISO 8859-1) alone. */
    public static PthWriter ofPickle(String operations) {
        return new PthWriter().raw(operations);
    }

    /** An ordered dictionary that is still open for entries. */
    public static PthWriter stateDict() {
        return ofPickle("\u0080\u0002ccollections\nOrderedDict\n)R(");
    }

    /** Adds a tensor that is a view of a storage of its own. */
    public PthWriter tensor(
            String name, String storageType, byte[] storage, int width, long offset, long[] shape, long... strides) {
        String key = Integer.toString(storages.size());
        storages.put(key, storage);
        elements.put(key, (long) storage.length / width);
        text(name).raw("ctorch._utils\n_rebuild_tensor_v2\n((");
        text("storage")
                .raw("ctorch\n" + storageType + "\n")
                .text(key)
                .text("cpu")
                .integer(storage.length / width);
        raw("tQ").integer(offset).tuple(shape).tuple(strides).raw("\u0089ccollections\nOrderedDict\n)RtR");
        return this;
    }

    /** Adds a row-major float32 tensor. */
    public PthWriter floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return tensor(name, "FloatStorage", bytes.array(), Float.BYTES, 0, shape, strides);
    }

    public PthWriter raw(String operations) {
        pickle.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public PthWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw("X");
        pickle.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
        pickle.writeBytes(bytes);
        return this;
    }

    /** Writes the dictionary as the zip archive of PyTorch 1.6 and later. */
    public Path zip(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "archive/data.pkl", pickle.toByteArray());
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                store(zip, "archive/data/" + storage.getKey(), storage.getValue());
            }
        }
        return file;
    }

    /** Writes the dictionary in the format before that. */
    public Path legacy(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(LegacyPth.START);
            out.write('.');
            out.write(ofPickle("\u0080\u0002M\u00e9\u0003.").pickle.toByteArray());
            out.write(ofPickle("\u0080\u0002}")
                    .text("little_endian")
                    .raw("\u0088s.")
                    .pickle
                    .toByteArray());
            out.write(pickle.toByteArray());
            PthWriter keys = ofPickle("\u0080\u0002](");
            storages.keySet().forEach(keys::text);
            out.write(keys.raw("e.").pickle.toByteArray());
            for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
                out.write(littleEndian(Long.BYTES)
                        .putLong(elements.get(storage.getKey()))
                        .array());
                out.write(storage.getValue());
            }
        }
        return file;
    }

    /** Ends the dictionary. */
    public PthWriter end() {
        return raw("u.");
    }

    private PthWriter tuple(long... numbers) {
        raw("(");
        for (long number : numbers) {
            integer(number);
        }
        return raw("t");
    }

    private PthWriter integer(long value) {
        raw("\u008a\b");
        pickle.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
        return this;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
