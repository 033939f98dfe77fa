package org.lesionforge.data;

/** Images that a net may be fitted to: the training part of a data set, alone or with synthetic images added. */
public sealed interface TrainingImages extends LabelledImages permits TrainingPart, AugmentedTrainingPart {}
