package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.bench.fuzz.mutation.TextMutations;
import org.lesionforge.bench.fuzz.mutation.ZipEntries;
import org.lesionforge.bench.fuzz.reference.DamagedException;
import org.lesionforge.bench.fuzz.reference.NpyReference;
import org.lesionforge.bench.fuzz.reference.ZipReference;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpzFile;

/** NumPy's files: {@code npy}, {@code npz}. */
public final class ArrayKind implements Kind {
    private static final String SUFFIX = ".npy";

    private final Path file;
    private final boolean isArchive;
    private final List<Sample> samples;
    private final List<Mutation> mutations;

    private ArrayKind(Path file, boolean isArchive, List<Sample> samples, List<Mutation> mutations) {
        this.file = file;
        this.isArchive = isArchive;
        this.samples = samples;
        this.mutations = mutations;
    }

    static ArrayKind npy(Path folder) {
        return new ArrayKind(
                folder.resolve("array.npy"),
                false,
                List.of(new Sample("images.npy", images()), new Sample("features.npy", features())),
                insides());
    }

    static ArrayKind npz(Path folder) {
        Map<String, byte[]> several = new LinkedHashMap<>();
        several.put("train_images" + SUFFIX, images());
        several.put("features" + SUFFIX, features());
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        mutations.addAll(ZipEntries.mutations(insides()));
        return new ArrayKind(
                folder.resolve("arrays.npz"),
                true,
                List.of(
                        new Sample("one.npz", ZipEntries.write(Map.of("arr_0" + SUFFIX, images()), true)),
                        new Sample("several.npz", ZipEntries.write(several, false))),
                List.copyOf(mutations));
    }

    private static List<Mutation> insides() {
        List<Mutation> mutations = new ArrayList<>(ByteMutations.ALL);
        for (Mutation text : TextMutations.ALL) {
            mutations.add(new Mutation("header: " + text.name(), (file, random) -> {
                // The magic number, the header's length, the header; values are not text.
                int start = Math.min(file.length, 128);
                byte[] header = text.change().apply(Arrays.copyOfRange(file, Math.min(10, start), start), random);
                return ByteMutations.joined(
                        Arrays.copyOf(file, Math.min(8, start)),
                        new byte[] {(byte) header.length, (byte) (header.length >> 8)},
                        header,
                        Arrays.copyOfRange(file, start, file.length));
            }));
        }
        return List.copyOf(mutations);
    }

    private static byte[] images() {
        return NpyReference.write(
                "|u1", "2, 8, 8, 3", Arrays.copyOf(Pictures.phantom(3, 16).pixels(), 2 * 8 * 8 * 3));
    }

    private static byte[] features() {
        ByteBuffer values = ByteBuffer.allocate(5 * 4 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20; i++) {
            values.putFloat(i / 7f);
        }
        return NpyReference.write("<f4", "5, 4", values.array());
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public List<Mutation> mutations() {
        return mutations;
    }

    @Override
    public String value(String name, byte[] bytes) throws Exception {
        Files.write(file, bytes);
        if (!isArchive) {
            return value(NpyArray.open(file, file.toString()));
        }
        TreeSet<String> arrays = new TreeSet<>(NpzFile.names(file));
        if (arrays.isEmpty()) {
            return value(NpzFile.open(file)); // is refused
        }
        List<String> values = new ArrayList<>();
        for (String array : arrays) {
            values.add(array + ": " + value(NpzFile.open(file, array)));
        }
        return values.toString();
    }

    private static String value(NpyArray array) throws IOException {
        try (FileChannel channel = array.channel()) {
            List<Long> shape = Arrays.stream(array.shape()).boxed().toList();
            byte[] values = new byte[(int) (channel.size() - array.start())];
            array.bytes(0, values, 0, values.length);
            return NpyReference.value(array.type(), shape, values);
        }
    }

    @Override
    public Verdict reference(Sample sample, byte[] bytes) {
        try {
            if (!isArchive) {
                return Verdict.reads(NpyReference.read(bytes));
            }
            Map<String, String> values = new TreeMap<>();
            for (Map.Entry<String, byte[]> entry : ZipReference.entries(file).entrySet()) {
                if (entry.getKey().endsWith(SUFFIX)) {
                    String array = entry.getKey().substring(0, entry.getKey().length() - SUFFIX.length());
                    values.put(array, array + ": " + NpyReference.read(entry.getValue()));
                }
            }
            return Verdict.reads(List.copyOf(values.values()).toString());
        } catch (DamagedException e) {
            return Verdict.refuses(e.getMessage());
        }
    }
}
