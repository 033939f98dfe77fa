package org.lesionforge.bench.fuzz.reference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** JSON by its standard: valid UTF-8, one value, no key twice. */
public final class StrictJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The program's texts for numbers that JSON cannot express. */
    private static final Set<String> UNDEFINED = Set.of("NaN", "Infinity", "-Infinity");

    private StrictJson() {}

    public static JsonNode read(byte[] text) throws DamagedException {
        try {
            String characters = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            JsonNode node = JSON.readTree(characters);
            if (node == null || node.isMissingNode()) {
                throw new DamagedException("no JSON");
            }
            return node;
        } catch (IOException e) {
            throw new DamagedException("JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Requires every key of a sound document, with a value of the same type; a list's elements must be like its first.
     *
     * @param unchecked paths that may be missing or hold anything, with {@code []} for an element: {@code arms[].images}
     */
    public static void requireForm(JsonNode sound, JsonNode found, String path, Set<String> unchecked)
            throws DamagedException {
        Optional<String> difference = sound.isNull() ? Optional.empty() : difference(sound, found);
        if (difference.isPresent()) {
            throw new DamagedException("'" + path + "' is " + difference.get());
        }
        if (sound.isObject()) {
            for (Iterator<String> keys = sound.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                String below = path.isEmpty() ? key : path + "." + key;
                if (found.has(key) && !unchecked.contains(below)) {
                    requireForm(sound.get(key), found.get(key), below, unchecked);
                } else if (!unchecked.contains(below)) {
                    throw new DamagedException("no '" + below + "'");
                }
            }
        } else if (sound.isArray() && !sound.isEmpty()) {
            for (JsonNode element : found) {
                requireForm(sound.get(0), element, path + "[]", unchecked);
            }
        }
    }

    private static Optional<String> difference(JsonNode sound, JsonNode found) {
        boolean fits;
        if (sound.isIntegralNumber()) {
            fits = found.isIntegralNumber() && found.canConvertToLong();
        } else if (sound.isNumber()) {
            fits = found.isNumber() || UNDEFINED.contains(found.asText());
        } else {
            fits = sound.getNodeType() == found.getNodeType();
        }
        return fits ? Optional.empty() : Optional.of(found.getNodeType() + " " + found);
    }
}
