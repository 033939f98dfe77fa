package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.json.JsonObject;

/**
 * What the training of a GAN left.
 *
 * @param split which of the run's splits it was trained on, for people; empty where there is one alone
 */
public record GanFiles(Path folder, String split) {
    /** Every snapshot that was measured. */
    public List<JsonObject> metrics() {
        List<JsonObject> lines = JsonObject.readLines(folder.resolve("metrics.jsonl"));
        // Lines from before there were averages do not name their weights; they come first and are all of raw ones.
        boolean named = lines.stream()
                .anyMatch(line -> line.has("weights") && line.text("weights").equals("ema"));
        for (JsonObject line : lines) {
            named |= line.has("weights");
            if (named) {
                line.text("weights");
            }
        }
        return lines;
    }

    /** The snapshot that was chosen; empty before training has ended. */
    public Optional<JsonObject> best() {
        Path file = folder.resolve("best.json");
        return Files.exists(file) ? Optional.of(JsonObject.read(file)) : Optional.empty();
    }
}
