package org.lesionforge.run;

import java.util.Optional;
import org.lesionforge.run.arm.Arm;

/**
 * One arm with one network and one seed, in one fold where there are folds: one classifier.
 *
 * @param arm how the training part is treated
 * @param classifier which network is trained
 * @param seed of the training; with a split for each seed, of the split too
 * @param fold whose images it is tested on, from 1; {@value #NO_FOLD} where the experiment has none
 */
public record Trial(Arm arm, Classifier classifier, long seed, int fold) {
    /** In place of a fold's number where there are none. */
    public static final int NO_FOLD = 0;

    /**
     * A trial of an experiment without folds.
     *
     * @param arm how the training part is treated
     * @param classifier which network is trained
     * @param seed of the training
     */
    public Trial(Arm arm, Classifier classifier, long seed) {
        this(arm, classifier, seed, NO_FOLD);
    }

    /**
     * A network that an experiment trains.
     *
     * @param name of its architecture, as {@code model.json} has it
     * @param title of its architecture, for people
     * @param alone whether the experiment trains no other, so that it need not be named
     */
    public record Classifier(String name, String title, boolean alone) {
        /** What results were of before they named it. */
        public static final String OLD_NAME = "inception-v3";
    }

    /** {@return its folder's name below {@code arms}} */
    public String folderName() {
        return folderName(!classifier.alone());
    }

    /** {@return what its folder was called if it was trained when the experiment had other classifiers, or had none beside this one} */
    public String otherFolderName() {
        return folderName(classifier.alone());
    }

    private String folderName(boolean named) {
        return arm.folderName() + (named ? "-" + classifier.name() : "") + ending();
    }

    private String ending() {
        return "-seed" + seed + (fold == NO_FOLD ? "" : "-fold" + fold);
    }

    /** {@return what version 0.1 called its folder, where that was another name} */
    public Optional<String> oldFolderName() {
        return arm.oldFolderName().map(name -> name + ending());
    }

    /** {@return for messages: {@code arm dcgan, seed 0}, with the classifier where there are several, and the fold where there is one} */
    @Override
    public String toString() {
        return "arm " + arm.word() + (classifier.alone() ? "" : ", " + classifier.name()) + ", seed " + seed
                + (fold == NO_FOLD ? "" : ", fold " + fold);
    }
}
