package org.lesionforge.data;

/** Images that a net may be fitted to: the training part of a data set, with or without added images. */
public sealed interface TrainingImages extends LabelledImages permits TrainingPart, AugmentedTrainingPart {
    /** {@return the data set that the real images are a part of} */
    Dataset dataset();

    /** {@return the number of images of each class, in the order of {@link #classes()}} */
    int[] counts();

    /**
     * {@return whether image {@code i} is one of the data set's own; copies and synthetic images are not}
     *
     * @param i 0 to {@link #size()} − 1
     */
    boolean isReal(int i);

    /**
     * {@return whether image {@code i} was made by a generator; copies of real images were not}
     *
     * @param i 0 to {@link #size()} − 1
     */
    default boolean isSynthetic(int i) {
        return false;
    }
}
