package org.lesionforge.experiment;

import java.util.List;
import org.lesionforge.gan.GanRun;
import org.lesionforge.gan.Snapshot;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.GeneratorCheck;

/** Keeps the images of a generator that has learned nothing out of every arm: grey squares labelled malignant are no balance. */
record LearningGate(boolean acceptsBad, Progress progress) {
    /** @throws UnusableInputException when the snapshot to draw from is refused, and bad ones are not accepted; the run keeps the GAN */
    void require(GanRun gan) {
        Snapshot snapshot = gan.best().snapshot();
        GeneratorCheck check = gan.check(snapshot);
        if (check.missesReals()) {
            progress.message("recall is 0: no real image lies among those that " + snapshot + " of " + gan.folder()
                    + " draws; look at its samples before you believe what they balance");
        }
        List<String> refusals = check.refusals();
        if (refusals.isEmpty()) {
            return;
        }
        String found = "the generator in " + gan.folder() + " has not learned: by " + snapshot + ", "
                + String.join(", and ", refusals);
        if (!acceptsBad) {
            throw new UnusableInputException(found + "; none of its images was added. Look at " + gan.folder()
                    + "/samples; train longer or otherwise (--gan-epochs, --gan-preset small-data) in a new folder, or go on"
                    + " with it as it is: the same command with --resume --accept-bad-generator");
        }
        progress.message("WARNING: " + found + "; it is used all the same (--accept-bad-generator)");
    }
}
