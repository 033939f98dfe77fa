package org.lesionforge.data;

/** Images that a net may be fitted to: the training part of a data set, with or without added images. */
public sealed interface TrainingImages extends LabelledImages permits TrainingPart, AugmentedTrainingPart {
    /** {@return the data set that the real images are a part of} */
    Dataset dataset();

    /** {@return the number of images of each class, in the order of {@link #classes()}} */
    int[] counts();
}
