package org.lesionforge.experiment;

import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.generator.GeneratorSpec;

/** Seconds of one device for each kind of work. */
interface Speeds {
    /** A network on an image of {@code side} × {@code side} pixels. */
    double forward(Architecture architecture, int side);

    /**
     * A training image of a classifier, all layers, where several are trained in parallel; asked for with one classifier's options alone.
     *
     * @param together how many
     * @param shares into how many parts the threads are divided
     */
    double trained(Architecture architecture, ClassifierOptions options, int together, int shares);

    /** The numbers of a snapshot, from the features of its images and as many real ones. */
    double metrics(int images, int dimensions);

    /** Finding out whether so many images of each side can be told apart by their features. */
    double told(int images, int dimensions);

    /** A training image of a generator. */
    double trained(GeneratorSpec<?> options);

    /** An image that a generator draws. */
    double drawn(GeneratorSpec<?> options);

    /** An image that a generator draws to have its snapshot measured. */
    double drawnToMeasure(GeneratorSpec<?> options);

    /** Comparing a drawn image with {@code training} images, on {@code threads} threads. */
    double compared(int side, int training, int threads);
}
