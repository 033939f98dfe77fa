package org.lesionforge.run.arm;

/**
 * How the images of one class fared among which a classifier chose. Each that was turned away is counted once, under the first reason, in the
 * order here: {@code drawn} is {@code kept} and the three of these together.
 *
 * @param className of the images
 * @param drawn until there were enough
 * @param kept of them
 * @param nearCopies more similar to a training image than allowed
 * @param belowConfidence given a probability of their class below {@code leastConfidence}
 * @param beyondDistance farther from the centroid of their class than {@code greatestDistance}
 * @param leastConfidence in [0, 1]
 * @param greatestDistance between directions of features, 0 to 2
 */
public record FilteredClass(
        String className,
        int drawn,
        int kept,
        int nearCopies,
        int belowConfidence,
        int beyondDistance,
        double leastConfidence,
        double greatestDistance) {}
