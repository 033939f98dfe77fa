package org.lesionforge.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The one JSON dialect of the project: snake_case keys, records written as they are, {@code NaN} and the infinities written as quoted
 * words because strict parsers refuse them bare.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** One line, no line break at its end: for {@code .jsonl} files. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indented, for files that people read. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void write(Path file, Object value) throws IOException {
        AtomicFile.writeString(file, pretty(value));
    }

    /**
     * Adds a line to a {@code .jsonl} file, which is made if it is not there.
     *
     * @throws IOException naming {@code file}, when it cannot be written
     * @throws MissingRequirementException when it is to be in a folder under a {@link FolderLock} that has gone
     */
    public static void appendLine(Path file, Object value) throws IOException {
        FolderLock.requireInPlace(file);
        try {
            Files.writeString(file, line(value) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** @throws UnusableInputException when the file is missing or is not the JSON of a {@code type} */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readString(file), type);
        } catch (IOException e) {
            throw new UnusableInputException(
                    "cannot read " + file + " as " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    public static JsonNode readTree(Path file) {
        return read(file, JsonNode.class);
    }

    /** @throws JsonProcessingException when the text, in UTF-8, is not JSON */
    public static JsonNode tree(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    /** Every complete line of a {@code .jsonl} file; a last line cut short by a crash is left out. A missing file has no lines. */
    public static List<JsonNode> readLines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<JsonNode> nodes = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                try {
                    nodes.add(MAPPER.readTree(lines.get(i)));
                } catch (JsonProcessingException e) {
                    if (i < lines.size() - 1) {
                        throw new UnusableInputException(
                                file + " line " + (i + 1) + " is not JSON: " + e.getOriginalMessage(), e);
                    }
                }
            }
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return nodes;
    }
}
