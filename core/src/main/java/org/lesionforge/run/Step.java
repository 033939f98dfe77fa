package org.lesionforge.run;

/** The steps of an experiment, in their order. */
public enum Step {
    /** Looks for copies, look-alikes and confounders in the data set. */
    AUDIT("auditing the data set"),
    /** Trains the classifiers of the arms that need no GAN. */
    REAL_ARMS("training classifiers that need no GAN"),
    /** Trains a GAN on the training part, or one on each split. */
    GAN("training the GAN"),
    /** Draws images of the scarce class from the chosen snapshot, without near-copies of training images. */
    DRAWING("drawing synthetic images"),
    /** Trains the classifiers of the arms that add the GAN's images. */
    GAN_ARMS("training classifiers on the GAN's images"),
    /** Tests and compares the arms, and writes {@code results.json}. */
    RESULTS("comparing the arms");

    private final String title;

    Step(String title) {
        this.title = title;
    }

    /** {@return what is being done, for people: {@code training the GAN}} */
    public String title() {
        return title;
    }
}
