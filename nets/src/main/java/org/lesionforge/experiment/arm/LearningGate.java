package org.lesionforge.experiment.arm;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.run.Snapshot;

/** Keeps the images of a generator that has learned nothing out of every arm. */
public final class LearningGate {
    private final boolean acceptsBad;
    private final Progress progress;
    /** Folders of runs that were let through, so that each is spoken of once. */
    private final Set<Path> passed = new HashSet<>();

    /**
     * A gate that nothing has passed yet.
     *
     * @param acceptsBad whether a generator that has not learned is let through all the same
     * @param progress receives that, and a recall of 0
     */
    public LearningGate(boolean acceptsBad, Progress progress) {
        this.acceptsBad = acceptsBad;
        this.progress = progress;
    }

    /**
     * Lets a generator through that has learned.
     *
     * @param gan its best snapshot was measured
     * @throws UnusableInputException when that snapshot is refused, and bad ones are not accepted; the run keeps the GAN
     */
    public void require(GeneratorRun gan) {
        if (!passed.add(gan.folder())) {
            return;
        }
        Snapshot snapshot = gan.best().snapshot();
        GeneratorCheck check = gan.check(snapshot).orElseThrow();
        if (check.missesReals()) {
            progress.warn("recall is 0: no real image lies among those that " + snapshot + " of " + gan.folder()
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
        progress.warn(found + "; it is used all the same (--accept-bad-generator)");
    }
}
