package org.lesionforge.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which level of a generator learns that is trained level by level, each for all epochs. Epochs are numbered through all levels in the logs.
 *
 * @param number from 0
 * @param last number of the last one; empty where the run does not say it
 * @param epoch the level's own, from 1
 * @param epochs of each level
 */
record TrainedLevel(long number, Optional<Long> last, long epoch, long epochs) {
    /** How many there are, in a run's configuration. */
    static final String STAGES = "stages";

    private static final String LEVEL = "level";

    /**
     * Empty where the log has no levels.
     *
     * @param config of the run
     * @param line the last of its statistics
     */
    static Optional<TrainedLevel> of(JsonNode config, JsonNode line) {
        long epochs = config.path("options").path("epochs").asLong(0);
        if (!line.path(LEVEL).isNumber() || epochs < 1) {
            return Optional.empty();
        }
        long number = line.path(LEVEL).asLong();
        long stages = config.path(STAGES).asLong(0);
        return Optional.of(new TrainedLevel(
                number,
                stages > 0 ? Optional.of(stages - 1) : Optional.empty(),
                line.path("epoch").asLong(0) - number * epochs,
                epochs));
    }
}
