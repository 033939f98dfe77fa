package org.lesionforge.quality;

/** What can be measured, by the words of the command line. */
public enum MetricGroup {
    /** Fréchet distance, with its real-vs-real floor. */
    FID,
    /** Inception Score of the fakes. */
    IS,
    /** Kernel distance: over the whole sets, and over subsets. */
    KID,
    /** Precision, recall, density, coverage. */
    PRDC,
    /** Authenticity, and distances to the training images. */
    MEMORISATION
}
