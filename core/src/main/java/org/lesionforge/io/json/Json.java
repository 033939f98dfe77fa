package org.lesionforge.io.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;

/**
 * The one JSON dialect of the project: snake_case keys, records written as they are, {@code NaN} and the infinities
 * written as strings because strict parsers refuse them unquoted.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new RequiredKeys()))
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private static final JsonMapper NO_UNKNOWN_KEYS = MAPPER.rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /**
     * {@return one line, no line break at its end: for {@code .jsonl} files}
     *
     * @param value a record, or anything else that the dialect has
     */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the value indented, with a line break at its end: for files that people read}
     *
     * @param value a record, or anything else that the dialect has
     */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces a file by {@link #pretty} JSON, whole or not at all.
     *
     * @param file made where it is missing
     * @param value a record, or anything else that the dialect has
     * @throws IOException naming {@code file}, when it cannot be written
     */
    public static void write(Path file, Object value) throws IOException {
        AtomicFile.writeString(file, pretty(value));
    }

    /**
     * Appends a line to a {@code .jsonl} file, which is made if it is missing.
     *
     * @param file made where it is missing
     * @param value a record, or anything else that the dialect has
     * @throws IOException naming {@code file}, when it cannot be written
     * @throws MissingRequirementException when the file belongs in a folder held by a {@link FolderLock} and that
     *     folder is gone
     */
    public static void appendLine(Path file, Object value) throws IOException {
        FolderLock.requireInPlace(file);
        try {
            Files.writeString(file, line(value) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record. Every component is a key that must be there and must not be null, but for an {@link OptionalKey}, which may be absent, and
     * those whose type is {@link Nullable} or {@code Optional}; keys that the record does not have are left out.
     *
     * @param <T> the record
     * @param file a JSON file
     * @param type the record's class
     * @return the record
     * @throws UnusableInputException when the file is missing, is not JSON or does not fit, naming the key
     */
    public static <T> T read(Path file, Class<T> type) {
        return bind(JsonSource.of(file), "", readTree(file), type);
    }

    /**
     * As {@link #read(Path, Class)}, of a file with a version of its format.
     *
     * @param <T> the record
     * @param file a JSON file
     * @param type the record's class
     * @param version the one that this program reads
     * @return the record
     * @throws UnusableInputException also when its {@code format_version} is not {@code version}
     */
    public static <T> T read(Path file, Class<T> type, int version) {
        JsonNode tree = readTree(file);
        JsonSource source = JsonSource.of(file);
        JsonObject.of(source, tree).requireVersion(version);
        return bind(source, "", tree, type);
    }

    /**
     * As {@link #read(Path, Class)}, for a file whose unknown keys must not be ignored.
     *
     * @param <T> the record
     * @param file a JSON file
     * @param type the record's class
     * @return the record
     * @throws UnusableInputException also when it has a key that the record, or one inside it, does not have
     */
    public static <T> T readWhole(Path file, Class<T> type) {
        return new JsonBinding(NO_UNKNOWN_KEYS, JsonSource.of(file), "").bind(readTree(file), type);
    }

    /**
     * Reads any JSON.
     *
     * @param file a JSON file
     * @return its tree
     * @throws UnusableInputException when the file is missing or is not one whole JSON document
     */
    public static JsonNode readTree(Path file) {
        return parse(JsonSource.of(file), JsonSource.text(file));
    }

    static <T> T bind(JsonSource source, String path, JsonNode tree, Class<T> type) {
        return new JsonBinding(MAPPER, source, path).bind(tree, type);
    }

    static <T> T bindWhole(JsonSource source, String path, JsonNode tree, Class<T> type) {
        return new JsonBinding(NO_UNKNOWN_KEYS, source, path).bind(tree, type);
    }

    static JsonNode parse(JsonSource source, String text) {
        return source.parse(MAPPER, text);
    }

    /**
     * {@return a value as another type: what reading its JSON would give}
     *
     * @param <T> the other type
     * @param value a record, or anything else that the dialect has
     * @param type its class
     */
    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    /**
     * {@return every complete line of a {@code .jsonl} file; a last line cut short by a crash is left out} A missing
     * file has no lines.
     *
     * @param file a {@code .jsonl} file, or none
     */
    public static List<JsonNode> readLines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = JsonSource.text(file).lines().toList();
        List<JsonNode> nodes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                nodes.add(parse(JsonSource.of(file).line(i + 1), lines.get(i)));
            } catch (UnusableInputException e) {
                if (i < lines.size() - 1) {
                    throw e;
                }
            }
        }
        return nodes;
    }
}
