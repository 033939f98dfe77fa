package org.lesionforge.generator;

import org.lesionforge.image.SquareImages;

/** Tells the classes of real images apart: what a generator's training made beside the generator. */
public interface ImageClassifier extends AutoCloseable {
    /** {@return the side of the images that it takes, in pixels} */
    int side();

    /**
     * Classifies images.
     *
     * @param images of {@link #side}
     * @return a row of probabilities per image, one for each class in the order of the labels; each row adds up to 1
     */
    double[][] probabilities(SquareImages images);

    /** Frees its memory. */
    @Override
    void close();
}
