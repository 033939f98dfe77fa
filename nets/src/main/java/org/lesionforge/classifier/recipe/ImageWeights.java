package org.lesionforge.classifier.recipe;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * What the images of a training weigh in its loss: the product of each image's own weight and that of its class. The mean over all images is 1.
 *
 * <p>Where every class is to count the same, each image's own weight is counted in its class's sum.
 */
public final class ImageWeights {
    private final double[] ofImages;
    private final Optional<float[]> ofClasses;

    private ImageWeights(double[] ofImages, Optional<float[]> ofClasses) {
        this.ofImages = ofImages;
        this.ofClasses = ofClasses;
    }

    /**
     * By what is known of the images.
     *
     * @param how synthetic ones are weighted
     * @param synthetic for each image, whether it is synthetic
     * @param labels class of each image
     * @param classes how many there are, none without an image
     * @param balanced whether every class counts the same
     * @return the weights
     */
    public static ImageWeights of(
            SyntheticTraining how, boolean[] synthetic, int[] labels, int classes, boolean balanced) {
        double[] ofImages = how.weights(synthetic);
        double[] sums = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            sums[labels[i]] += ofImages[i];
        }
        return new ImageWeights(ofImages, balanced ? Optional.of(ClassWeights.balanced(sums)) : Optional.empty());
    }

    /** {@return the weight of each class; empty where classes are not weighted} */
    public Optional<float[]> ofClasses() {
        return ofClasses;
    }

    /**
     * {@return the weight of an image in the loss, that of its class included}
     *
     * @param i index of the image
     * @param label its class
     */
    public double of(int i, int label) {
        return ofImages[i] * ofClasses.map(weights -> weights[label]).orElse(1f);
    }

    /** Whether every image's own weight is 1. */
    private boolean alike() {
        return DoubleStream.of(ofImages).allMatch(weight -> weight == 1);
    }

    /**
     * {@return labels times the own weight of each image, not of its class: where images are mixed afterwards, each part of a label keeps the
     * weight of the image it comes from; empty where all are 1}
     *
     * @param labels n × classes probabilities, left as they are
     * @param images n indices of images, whose labels those are
     */
    public Optional<Tensor> times(Tensor labels, int[] images) {
        if (alike()) {
            return Optional.empty();
        }
        float[] own = new float[images.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) ofImages[images[i]];
        }
        try (Scope scope = new Scope()) {
            return Optional.of(scope.keep(labels.mul(Tensors.of(own, images.length, 1))));
        }
    }
}
