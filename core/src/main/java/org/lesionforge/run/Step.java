package org.lesionforge.run;

/** The steps of an experiment, in their order. */
public enum Step {
    AUDIT("auditing the data set"),
    REAL_ARMS("training classifiers that need no GAN"),
    GAN("training the GAN"),
    DRAWING("drawing synthetic images"),
    GAN_ARMS("training classifiers on the GAN's images"),
    RESULTS("comparing the arms");

    private final String title;

    Step(String title) {
        this.title = title;
    }

    /** What is being done, for people. */
    public String title() {
        return title;
    }
}
