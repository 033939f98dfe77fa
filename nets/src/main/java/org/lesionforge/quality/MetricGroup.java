package org.lesionforge.quality;

/** What can be measured, by the words of the command line. */
public enum MetricGroup {
    /** Fréchet distance, with its real-vs-real floor. */
    FID,
    /** Inception Score of the fakes. */
    IS,
    /** Kernel distance: over the whole sets, and over subsets. */
    KID,
    /** Precision, recall, density, coverage, and the latter two clipped. */
    PRDC,
    /** How well a small classifier tells the sets apart, with a control of reals against reals. */
    DETECTABILITY,
    /** The gap between their radial power spectra. */
    SPECTRUM,
    /** Sliced Wasserstein distance. */
    MIND,
    /** Kernel two-sample test. */
    MMD,
    /** Authenticity, and distances to the training images. */
    MEMORISATION
}
