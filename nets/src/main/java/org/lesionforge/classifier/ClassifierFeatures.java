package org.lesionforge.classifier;

import java.util.Optional;
import java.util.function.Function;
import org.lesionforge.image.Images;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.ResampledImages;

/**
 * What a trained classifier's network sees before its last layer, each vector brought to length √d. A network that was trained for minutes has
 * activations of any size: of 128 images of the demo, ‖x‖²/d is 0.19 in the middle and 358 at most, and the kernel (xᵀy/d + 1)³ is decided by such
 * few alone (the kernel distance between real images and others of their kind came to −40,543). On one length it is that of the cosine, between
 * 0 and 8.
 *
 * @param read gives what the network sees before its last layer
 * @param readOnce the same, of images that are asked for only once
 * @param size side at which it sees images, in pixels
 */
record ClassifierFeatures(Function<Images, Activations> read, Function<Images, Activations> readOnce, int size)
        implements FeatureExtractor {
    @Override
    public String distanceName() {
        return "fd[own-classifier, normalised]";
    }

    @Override
    public Optional<String> logitsMissingReason() {
        return Optional.of("the Inception Score needs the 1008 outputs of the whole FID network (inception-2015-12-05);"
                + " this is a classifier trained here, with outputs of its own");
    }

    @Override
    public Activations extract(Images images) {
        return normalised(read.apply(new ResampledImages(images, size)));
    }

    @Override
    public Activations extractOnce(Images images) {
        return normalised(readOnce.apply(new ResampledImages(images, size)));
    }

    private static Activations normalised(Activations seen) {
        Features features = seen.features();
        int dimensions = features.dimensions();
        float[] values = new float[Math.multiplyExact(features.count(), dimensions)];
        for (int i = 0; i < features.count(); i++) {
            features.read(i, values, i * dimensions);
        }
        normalise(values, dimensions);
        return new Activations(new FeatureArray(features.count(), dimensions, values), Optional.empty());
    }

    /** Vectors of zeros stay. */
    static void normalise(float[] values, int dimensions) {
        for (int first = 0; first < values.length; first += dimensions) {
            double squares = 0;
            for (int k = first; k < first + dimensions; k++) {
                squares += (double) values[k] * values[k];
            }
            double scale = squares == 0 ? 0 : Math.sqrt(dimensions / squares);
            for (int k = first; k < first + dimensions; k++) {
                values[k] = (float) (scale * values[k]);
            }
        }
    }
}
