package org.lesionforge.gan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.Snapshot;

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
 * @param alarms state of the alarms
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
        AlarmWatch.State alarms,
        @Nullable Snapshot best,
        Map<String, Long> logBytes,
        @OptionalKey @Nullable Map<String, String> logSha256,
        @OptionalKey @Nullable String tensorsSha256,
        @OptionalKey @Nullable String sha256) {
    static final int FORMAT_VERSION = 1;
    static final String RANDOMNESS =
            "order, latents and augmentation follow from the seed and the number of the epoch or iteration";

    /** @throws UnusableInputException when a later version of the program wrote it */
    Checkpoint {
        if (formatVersion != FORMAT_VERSION) {
            throw new UnusableInputException("a checkpoint has format version " + formatVersion
                    + ", this program reads version " + FORMAT_VERSION + "; use the program that wrote it");
        }
    }

    /** With the checksum of its tensors, and its own. */
    Checkpoint sealed(String tensors) {
        Checkpoint open = with(tensors, null);
        return open.with(tensors, open.ownSha256());
    }

    /** Whether it comes from a version that kept no checksums. */
    boolean isUnsealed() {
        return logSha256 == null && tensorsSha256 == null && sha256 == null;
    }

    /** @throws UnusableInputException when it is not what was written, or the tensors are not those it was written with */
    void requireUnchanged(Path json, Path tensors) {
        if (isUnsealed()) {
            return;
        }
        String remedy = "bring it back as it was";
        Checksums.require(json, sha256, with(tensorsSha256, null).ownSha256(), remedy);
        Checksums.require(tensors, tensorsSha256, remedy);
    }

    private String ownSha256() {
        return Sha256.of(Json.line(this).getBytes(StandardCharsets.UTF_8));
    }

    private Checkpoint with(@Nullable String tensors, @Nullable String own) {
        return new Checkpoint(
                formatVersion,
                iteration,
                epoch,
                batch,
                snapshotEpoch,
                trainingSeconds,
                seed,
                randomness,
                learningRate,
                guard,
                alarms,
                best,
                logBytes,
                logSha256,
                tensors,
                own);
    }
}
