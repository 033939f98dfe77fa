package org.lesionforge.bench.fuzz.kind;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionforge.bench.fuzz.mutation.ZipEntries;

/** A state dict of three tensors as {@code torch.save} writes it, in both of its formats. */
final class TorchSave {
    private static final String MAGIC = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    private static final String PROTOCOL = "\u0080\u0002M\u00e9\u0003.";
    private static final String ORDERED_DICT = "ccollections\nOrderedDict\n)R";

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final Map<String, float[]> storages = new LinkedHashMap<>();

    private TorchSave() {
        raw("\u0080\u0002" + ORDERED_DICT + "(");
        tensor("conv.weight", new float[] {0.5f, -1, 2, 3.25f, 1e-3f, 7}, 2, 3);
        tensor("conv.bias", new float[] {1, 2}, 2);
        tensor("fc.weight", new float[] {9, 8, 7, 6, 5, 4, 3, 2}, 4, 2);
        raw("u.");
    }

    static byte[] zip() {
        TorchSave saved = new TorchSave();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", saved.pickle.toByteArray());
        saved.storages.forEach((key, values) -> entries.put("archive/data/" + key, bytes(values)));
        entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return ZipEntries.write(entries, false);
    }

    static byte[] legacy() {
        TorchSave saved = new TorchSave();
        TorchSave out = new TorchSave();
        out.pickle.reset();
        out.raw(MAGIC + PROTOCOL + "\u0080\u0002}").text("little_endian").raw("\u0088s.");
        out.pickle.writeBytes(saved.pickle.toByteArray());
        out.raw("\u0080\u0002](");
        saved.storages.keySet().forEach(out::text);
        out.raw("e.");
        saved.storages.forEach((key, values) -> {
            out.pickle.writeBytes(little(Long.BYTES).putLong(values.length).array());
            out.pickle.writeBytes(bytes(values));
        });
        return out.pickle.toByteArray();
    }

    private void tensor(String name, float[] values, int... shape) {
        String key = Integer.toString(storages.size());
        storages.put(key, values);
        text(name).raw("ctorch._utils\n_rebuild_tensor_v2\n((");
        text("storage").raw("ctorch\nFloatStorage\n").text(key).text("cpu").integer(values.length);
        raw("tQ").integer(0).raw("(");
        for (int size : shape) {
            integer(size);
        }
        raw("t(");
        int stride = values.length;
        for (int size : shape) {
            stride /= size;
            integer(stride);
        }
        raw("t\u0089" + ORDERED_DICT + "tR");
    }

    private TorchSave raw(String operations) {
        pickle.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    private TorchSave text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw("X");
        pickle.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        pickle.writeBytes(bytes);
        return this;
    }

    private TorchSave integer(int value) {
        raw("K");
        pickle.write(value);
        return this;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return bytes;
    }
}
