package org.lesionforge.classifier;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.training.CheckpointHeader;
import org.lesionforge.training.Position;
import org.lesionforge.training.Tally;

/**
 * What a classifier's training holds beside its tensors; the JSON of a checkpoint.
 *
 * @param formatVersion of the JSON and the tensors' names
 * @param iteration micro-batches done, of all epochs
 * @param position the same moment in epochs and batches
 * @param tally of the epoch under way
 * @param epochSeconds that it has taken so far
 * @param seed of everything random
 * @param randomness how all random numbers follow from the seed
 * @param chosen the epoch that is selected so far; null before the first has ended
 * @param logBytes how long the log was
 * @param logSha256 what the log was, so far
 * @param tensorsSha256 of the file with the tensors; null until it is written
 * @param sha256 of all the rest; null until it is written
 */
record ClassifierCheckpoint(
        int formatVersion,
        long iteration,
        Position position,
        Tally tally,
        double epochSeconds,
        long seed,
        String randomness,
        @Nullable EpochStats chosen,
        Map<String, Long> logBytes,
        Map<String, String> logSha256,
        @Nullable String tensorsSha256,
        @Nullable String sha256)
        implements CheckpointHeader {
    static final int FORMAT_VERSION = 1;
    static final String RANDOMNESS = "order, transforms and mixing follow from the seed and the number of the epoch"
            + " or the step; where dropout's generator stands is among the tensors";

    /** @throws UnusableInputException when a later version of the program wrote it */
    ClassifierCheckpoint {
        CheckpointHeader.requireVersion(FORMAT_VERSION, formatVersion);
    }
}
