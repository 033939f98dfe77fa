package org.lesionforge.bench.fuzz.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.bench.fuzz.mutation.JsonMutations;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.io.Sha256;

/** Reads safetensors strictly by the format's description (github.com/huggingface/safetensors, "Format"). */
public final class SafetensorsReference {
    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("F64", 8),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("F32", 4),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("I8", 1),
            Map.entry("U8", 1),
            Map.entry("BOOL", 1));
    /** libtorch's names. */
    private static final Map<String, String> NAMES = Map.of(
            "F64",
            "Double",
            "I64",
            "Long",
            "F32",
            "Float",
            "I32",
            "Int",
            "F16",
            "Half",
            "BF16",
            "BFloat16",
            "I16",
            "Short",
            "U8",
            "Byte",
            "I8",
            "Char",
            "BOOL",
            "Bool");

    private SafetensorsReference() {}

    /** @return each tensor as {@link #value} describes it, then the metadata */
    public static String read(byte[] file) throws DamagedException {
        int start = start(file);
        JsonNode header = StrictJson.read(Arrays.copyOfRange(file, Long.BYTES, start));
        require(header.isObject(), "header is not an object");
        TreeMap<String, String> metadata = new TreeMap<>();
        TreeMap<String, String> tensors = new TreeMap<>();
        List<long[]> ranges = new ArrayList<>();
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode entry = header.get(name);
            if (name.equals("__metadata__")) {
                require(entry.isObject(), "metadata is not an object");
                for (Iterator<String> keys = entry.fieldNames(); keys.hasNext(); ) {
                    String key = keys.next();
                    require(entry.get(key).isTextual(), "metadata is not text");
                    metadata.put(key, entry.get(key).textValue());
                }
            } else {
                tensors.put(name, tensor(name, entry, file, start, ranges));
            }
        }
        ranges.sort((a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]));
        long end = 0;
        for (long[] range : ranges) {
            require(range[0] == end, "hole or overlap at " + end);
            end = range[1];
        }
        require(start + end == file.length, "bytes that belong to no tensor");
        return List.copyOf(tensors.values()) + " " + metadata;
    }

    private static int start(byte[] file) throws DamagedException {
        require(file.length >= Long.BYTES, "no length");
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        require(length > 0 && length <= file.length - Long.BYTES, "header of length " + length);
        require(file[Long.BYTES] == '{', "header does not begin with {");
        return (int) length + Long.BYTES;
    }

    private static String tensor(String name, JsonNode entry, byte[] file, int start, List<long[]> ranges)
            throws DamagedException {
        require(
                entry.path("dtype").isTextual()
                        && entry.path("shape").isArray()
                        && entry.path("data_offsets").size() == 2
                        && entry.size() == 3,
                "keys of " + name);
        String type = entry.get("dtype").textValue();
        require(BYTES.containsKey(type), "type of " + name);
        long[] shape = new long[entry.get("shape").size()];
        long bytes = Objects.requireNonNull(BYTES.get(type));
        for (int i = 0; i < shape.length; i++) {
            shape[i] = number(entry.get("shape").get(i));
            require(shape[i] == 0 || bytes <= file.length, "size of " + name);
            bytes = shape[i] > file.length ? Long.MAX_VALUE : bytes * shape[i];
        }
        long from = number(entry.get("data_offsets").get(0));
        long to = number(entry.get("data_offsets").get(1));
        require(from <= to && to <= file.length - start && to - from == bytes, "offsets of " + name);
        ranges.add(new long[] {from, to});
        return value(
                name,
                NAMES.getOrDefault(type, type),
                shape,
                Arrays.copyOfRange(file, start + (int) from, start + (int) to));
    }

    /** A tensor as text, for comparing two readers. */
    public static String value(String name, String type, long[] shape, byte[] memory) {
        return name + " " + type + Arrays.toString(shape) + " "
                + Sha256.of(memory).substring(0, 16);
    }

    private static long number(JsonNode node) throws DamagedException {
        require(node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0, "no size: " + node);
        return node.longValue();
    }

    private static void require(boolean holds, String otherwise) throws DamagedException {
        if (!holds) {
            throw new DamagedException(otherwise);
        }
    }

    /** A mutation of the header, with the length before it corrected. */
    public static List<Mutation> headerMutations() {
        List<Mutation> mutations = new ArrayList<>();
        for (Mutation mutation : JsonMutations.ALL) {
            mutations.add(new Mutation("header: " + mutation.name(), (file, random) -> {
                try {
                    int start = start(file);
                    byte[] header = mutation.change().apply(Arrays.copyOfRange(file, Long.BYTES, start), random);
                    byte[] length = ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .array();
                    return ByteMutations.joined(length, header, Arrays.copyOfRange(file, start, file.length));
                } catch (DamagedException e) {
                    return file; // another mutation has been here
                }
            }));
        }
        return mutations;
    }
}
