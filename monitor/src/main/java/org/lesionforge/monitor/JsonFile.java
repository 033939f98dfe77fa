package org.lesionforge.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

/** JSON of a run that may be removed, or half there, while it is looked at: what cannot be read is nothing. */
final class JsonFile {
    private static final ObjectMapper LINES = new ObjectMapper();

    private JsonFile() {}

    static JsonNode nothing() {
        return MissingNode.getInstance();
    }

    static JsonNode read(Path file) {
        try {
            return Json.readTree(file);
        } catch (UnusableInputException e) {
            return nothing();
        }
    }

    static JsonNode parse(String line) {
        try {
            return LINES.readTree(line);
        } catch (JsonProcessingException e) {
            return nothing();
        }
    }
}
