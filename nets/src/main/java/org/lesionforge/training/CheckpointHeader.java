package org.lesionforge.training;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;

/**
 * What a training's state holds beside its tensors: the JSON of a checkpoint. Implemented by a record of each kind of training, whose own
 * components come before these.
 */
public interface CheckpointHeader {
    /** {@return the steps done; the file's name has it, too} */
    long iteration();

    /** {@return how long each log was: what was written later is cut off on resumption, and written again} */
    Map<String, Long> logBytes();

    /** {@return what each log was, so far; null in checkpoints of version 0.1, as the other checksums} */
    @Nullable
    Map<String, String> logSha256();

    /** {@return the checksum of the file with the tensors; null until it is written} */
    @Nullable
    String tensorsSha256();

    /**
     * Refuses a checkpoint of another version.
     *
     * @param read the version that this program writes and reads
     * @param found the version of the file
     * @throws UnusableInputException when they differ, with both
     */
    static void requireVersion(int read, int found) {
        if (found != read) {
            throw new UnusableInputException("a checkpoint has format version " + found
                    + ", this program reads version " + read + "; use the program that wrote it");
        }
    }

    /** {@return the checksum of all the rest, so that another number anywhere is noticed; null until it is written} */
    @Nullable
    String sha256();
}
