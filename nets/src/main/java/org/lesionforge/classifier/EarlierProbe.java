package org.lesionforge.classifier;

import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;

/** The way in which version 0.1 trained a last layer alone: epochs of Adagrad. What it has trained is read; nothing is trained so any more. */
public final class EarlierProbe {
    private EarlierProbe() {}

    /**
     * Whether options are those of a last layer that was trained so.
     *
     * @param options of a run of any version
     * @return whether they say {@code freeze} and nothing of how the layer is fitted
     */
    public static boolean isIn(ClassifierOptions options) {
        return options.freeze() && options.probe() == null;
    }

    /**
     * Why no further layer is trained in a run that has such ones.
     *
     * @param run its folder
     * @param missing what would be trained
     * @return what to throw
     */
    public static UnusableInputException refusal(Path run, String missing) {
        return new UnusableInputException(run
                + " was begun by an earlier version, whose --freeze was another: epochs of"
                + " Adagrad, where the last layer is now fitted until it has converged. What would be trained now ("
                + missing + ") could not be compared with what is there. Its report and predictions can be had as"
                + " before; to train, name a new folder with --out");
    }
}
