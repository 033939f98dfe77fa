package org.lesionforge.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;

/** What {@code config.json} remembers of images of other generators: folders by name, to which a resumed run may add. */
public final class ExternalRecord {
    /** The key of {@code config.json} that has the folders by name; optional. */
    public static final String KEY = "external";

    private static final String SHA256 = "sha256";

    private ExternalRecord() {}

    /**
     * Puts the folders of an earlier start in {@code now}, too. A folder may have moved.
     *
     * @param before the configuration in {@code file}
     * @param now that of this start; changed in place
     * @param file the {@code config.json} of the run, for the message
     * @throws UnusableInputException when a folder of both holds other images now, with both
     */
    public static void merge(JsonNode before, JsonNode now, Path file) {
        if (!(before.get(KEY) instanceof ObjectNode known) || !(now instanceof ObjectNode config)) {
            return;
        }
        ObjectNode merged = known.deepCopy();
        config.path(KEY).properties().forEach(entry -> {
            String name = entry.getKey();
            if (known.has(name)) {
                requireSame(name, known.get(name), entry.getValue(), file);
            }
            merged.set(name, entry.getValue());
        });
        config.set(KEY, merged);
    }

    private static void requireSame(String name, JsonNode before, JsonNode now, Path file) {
        String sha256 = before.path(SHA256).asText();
        if (!sha256.equals(now.path(SHA256).asText())) {
            throw new UnusableInputException(
                    "the images of --external " + name + " are not those that this run was started"
                            + " with: " + file + " remembers " + of(before) + ", now there are " + of(now)
                            + "; bring the folder back as it was, give the images another name than " + name
                            + ", or name a new folder with --out");
        }
    }

    private static String of(JsonNode folder) {
        return folder.path("images").asText() + " images in "
                + folder.path("folder").asText() + " (SHA-256 "
                + folder.path(SHA256).asText() + ")";
    }
}
