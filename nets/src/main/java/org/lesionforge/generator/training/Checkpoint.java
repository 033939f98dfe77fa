package org.lesionforge.generator.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.Snapshot;
import org.lesionforge.training.CheckpointHeader;

/**
 * What a training's state holds beside its tensors; the JSON of a checkpoint.
 *
 * @param formatVersion of the JSON and the tensors' names
 * @param iteration iterations done
 * @param epoch the epoch of the last of them
 * @param batch which batch of that epoch it was, from 1: where in the order of the data training stands
 * @param snapshotEpoch the last epoch of which a snapshot was taken
 * @param trainingSeconds time of the iterations alone
 * @param seed of everything random
 * @param randomness how all random numbers follow from the seed
 * @param learningRate of the next step
 * @param guard steps that failed
 * @param alarms state of each rule of alarms
 * @param model what the model remembers beside its tensors; null where it is nothing
 * @param best the snapshot that is the best so far; null where none was measured
 * @param logBytes how long each log was: what was written later is cut off on resumption, and written again
 * @param logSha256 what each log was, so far; null in checkpoints of version 0.1, as the other checksums
 * @param tensorsSha256 of the file with the tensors
 * @param sha256 of all the rest, so that another number anywhere is noticed
 */
record Checkpoint(
        int formatVersion,
        long iteration,
        int epoch,
        int batch,
        int snapshotEpoch,
        double trainingSeconds,
        long seed,
        String randomness,
        double learningRate,
        StepGuard.State guard,
        Map<String, JsonNode> alarms,
        @OptionalKey @JsonInclude(Include.NON_NULL) @Nullable JsonNode model,
        @Nullable Snapshot best,
        Map<String, Long> logBytes,
        @OptionalKey @Nullable Map<String, String> logSha256,
        @OptionalKey @Nullable String tensorsSha256,
        @OptionalKey @Nullable String sha256)
        implements CheckpointHeader {
    static final int FORMAT_VERSION = 1;
    static final String RANDOMNESS =
            "order, latents and augmentation follow from the seed and the number of the epoch or iteration";

    /** @throws UnusableInputException when a later version of the program wrote it */
    Checkpoint {
        CheckpointHeader.requireVersion(FORMAT_VERSION, formatVersion);
    }
}
