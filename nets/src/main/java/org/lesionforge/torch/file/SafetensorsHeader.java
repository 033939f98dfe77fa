package org.lesionforge.torch.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;

/**
 * What a safetensors file says about itself: where each tensor lies in the data that follows the header, and free text.
 *
 * <p>The rules checked here are the format's own (https://huggingface.co/docs/safetensors): one JSON object in UTF-8 with nothing but white
 * space behind it, no key twice, text alone as metadata, no holes, no overlaps, every span as long as its type and shape say.
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    /** libtorch's own limit. */
    private static final int MOST_DIMENSIONS = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** One tensor: bytes {@code begin} (inclusive) to {@code end} (exclusive) of the data. */
    record Entry(NumberType type, List<Long> shape, long begin, long end) {
        long[] shapeArray() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * @param source named in messages
     * @param dataBytes how many bytes follow the header
     */
    static SafetensorsHeader parse(String source, byte[] json, long dataBytes) {
        JsonNode root = tree(source, json);
        Map<String, Entry> entries = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            if (!field.getKey().equals(METADATA)) {
                requirePrintable(source, field.getKey());
                entries.put(field.getKey(), entry(source, field.getKey(), field.getValue()));
            }
        });
        Map<String, String> metadata = metadata(source, root.path(METADATA));
        requireGapless(source, entries, dataBytes);
        return new SafetensorsHeader(Collections.unmodifiableMap(entries), Collections.unmodifiableMap(metadata));
    }

    /** The header of a file that will hold these tensors one after the other. */
    static SafetensorsHeader of(
            Map<String, NumberType> types, Map<String, long[]> shapes, Map<String, String> metadata) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        // Widest types first keeps every tensor aligned to its own width.
        List<Map.Entry<String, NumberType>> order = types.entrySet().stream()
                .sorted(Comparator.comparingInt(typed -> -typed.getValue().bytes()))
                .toList();
        long position = 0;
        for (Map.Entry<String, NumberType> typed : order) {
            String name = typed.getKey();
            List<Long> shape = Arrays.stream(Objects.requireNonNull(shapes.get(name)))
                    .boxed()
                    .toList();
            long end = position + bytes("the tensors to be written", name, typed.getValue(), shape);
            entries.put(name, new Entry(typed.getValue(), shape, position, end));
            position = end;
        }
        return new SafetensorsHeader(entries, metadata);
    }

    /** The JSON, padded with spaces so that the data after it (and the eight bytes of length before it) start at a multiple of eight. */
    byte[] toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            // Sorted, so that equal content gives equal bytes: Map.of has another order in every process.
            new TreeMap<>(metadata).forEach(texts::put);
        }
        entries.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", entry.type.name());
            node.set("shape", MAPPER.valueToTree(entry.shape));
            node.putArray("data_offsets").add(entry.begin).add(entry.end);
        });
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static JsonNode tree(String source, byte[] json) {
        String problem = "its header is not a JSON object";
        try (JsonParser parser = MAPPER.createParser(text(source, json))) {
            if (json[0] == '{') {
                JsonNode root = MAPPER.readTree(parser);
                if (isAtEnd(parser)) {
                    return root;
                }
                problem = "text follows the JSON object that its header is";
            }
        } catch (StreamConstraintsException e) {
            problem = "its header is nested too deeply, or has too long a text or number";
        } catch (JsonProcessingException e) {
            problem = "its header is not JSON: " + Printable.excerpt(e.getOriginalMessage());
        } catch (IOException e) {
            problem = "its header cannot be read: " + Printable.excerpt(FileTree.reason(e));
        }
        throw new UnusableInputException(source + " is not a safetensors file: " + problem);
    }

    private static boolean isAtEnd(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false; // what follows is not even JSON
        }
    }

    private static String text(String source, byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(source + " is not a safetensors file: its header is not UTF-8", e);
        }
    }

    private static Map<String, String> metadata(String source, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            throw new UnusableInputException(source + ": the header's " + METADATA + " is not an object of texts");
        }
        node.properties().forEach(pair -> {
            if (!pair.getValue().isTextual()) {
                throw new UnusableInputException(source + ": the header's " + METADATA + " holds '"
                        + Printable.excerpt(pair.getKey()) + "', which is not text");
            }
            metadata.put(pair.getKey(), pair.getValue().textValue());
        });
        return metadata;
    }

    private static void requirePrintable(String source, String name) {
        if (!Printable.excerpt(name).equals(name)) {
            throw new UnusableInputException(source + " has a tensor whose name cannot be shown, or is too long: '"
                    + Printable.excerpt(name) + "'");
        }
    }

    private static Entry entry(String source, String name, JsonNode node) {
        JsonNode offsets = node.path("data_offsets");
        JsonNode dimensions = node.path("shape");
        if (!node.path("dtype").isTextual()
                || !allIntegers(dimensions)
                || !allIntegers(offsets)
                || offsets.size() != 2) {
            throw new UnusableInputException(source + ": the header's entry for '" + name
                    + "' needs dtype, shape and two data_offsets, got " + Printable.excerpt(node.toString()));
        }
        if (dimensions.size() > MOST_DIMENSIONS) {
            throw new UnusableInputException(
                    source + ": tensor '" + name + "' has " + dimensions.size() + " dimensions");
        }
        NumberType type = Arrays.stream(NumberType.values())
                .filter(known -> known.name().equals(node.path("dtype").textValue()))
                .findFirst()
                .orElseThrow(() -> new UnusableInputException(source + ": tensor '" + name + "' has type "
                        + Printable.excerpt(node.path("dtype").textValue()) + ", expected one of "
                        + Arrays.toString(NumberType.values())));
        List<Long> shape = dimensions.valueStream().map(JsonNode::longValue).toList();
        Entry entry = new Entry(
                type, shape, offsets.get(0).longValue(), offsets.get(1).longValue());
        long expected = bytes(source, name, type, shape);
        if (entry.end - entry.begin != expected) {
            throw new UnusableInputException(source + ": tensor '" + name + "' of type " + type + " and shape " + shape
                    + " needs " + expected + " bytes, its data_offsets span " + (entry.end - entry.begin));
        }
        return entry;
    }

    private static boolean allIntegers(JsonNode array) {
        return array.isArray()
                && array.valueStream().allMatch(number -> number.canConvertToLong() && number.isIntegralNumber());
    }

    private static long bytes(String source, String name, NumberType type, List<Long> shape) {
        if (shape.stream().anyMatch(dimension -> dimension < 0)) {
            throw new UnusableInputException(source + ": tensor '" + name + "' has shape " + shape);
        }
        try {
            return Math.multiplyExact(TensorShape.elements(shape), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw new UnusableInputException(source + ": tensor '" + name + "' of shape " + shape + " is too large", e);
        }
    }

    private static void requireGapless(String source, Map<String, Entry> entries, long dataBytes) {
        long position = 0;
        List<Map.Entry<String, Entry>> byPosition = entries.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Entry> named) -> named.getValue().begin)
                        .thenComparingLong(named -> named.getValue().end))
                .toList();
        for (Map.Entry<String, Entry> named : byPosition) {
            if (named.getValue().begin != position) {
                throw new UnusableInputException(source + ": tensor '" + named.getKey() + "' begins at byte "
                        + named.getValue().begin + " of the data, the one before it ends at " + position);
            }
            position = named.getValue().end;
        }
        if (position != dataBytes) {
            throw new UnusableInputException(source + " is damaged: its header describes " + position
                    + " bytes of tensors, it holds " + dataBytes + "; fetch or write it again");
        }
    }
}
