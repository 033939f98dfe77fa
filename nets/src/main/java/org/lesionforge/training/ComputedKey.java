package org.lesionforge.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.torch.Computed;

/** The key {@code computed} of a run's {@code config.json}: on what it was trained last. Runs of earlier versions have none. */
public final class ComputedKey {
    /** Its name. */
    public static final String NAME = "computed";

    private ComputedKey() {}

    /**
     * Writes it, and leaves all else in the file as it is; does nothing where it says so already.
     *
     * @param config a run's {@code config.json}
     * @param now what a training begins or continues on
     * @throws IOException when the file cannot be written
     * @throws UnusableInputException when it cannot be read
     */
    public static void write(Path config, Computed now) throws IOException {
        JsonNode value = Json.convert(now, JsonNode.class);
        if (Json.readTree(config) instanceof ObjectNode whole && !value.equals(whole.get(NAME))) {
            Json.write(config, whole.set(NAME, value));
        }
    }

    /**
     * {@return what a file says; empty where it does not, or there is none}
     *
     * @param config a run's {@code config.json}
     * @throws UnusableInputException when the file cannot be read, or the key is damaged
     */
    public static Optional<Computed> read(Path config) {
        if (!Files.exists(config)) {
            return Optional.empty();
        }
        JsonObject whole = JsonObject.read(config);
        return whole.has(NAME) ? Optional.of(whole.object(NAME).as(Computed.class)) : Optional.empty();
    }
}
