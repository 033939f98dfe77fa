package org.lesionforge.classifier;

import java.util.Optional;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.inception.Tap;
import org.lesionforge.metric.FeatureArray;
import org.lesionforge.metric.FeatureExtractor;

/** What a trained classifier's network sees before its last layer. */
record OwnFeatures(InceptionV3 net, int size, Inference inference) implements FeatureExtractor {
    @Override
    public String distanceName() {
        return "fd[own-classifier]";
    }

    @Override
    public Optional<String> logitsMissingReason() {
        return Optional.of("the Inception Score needs the 1008 outputs of the whole FID network (inception-2015-12-05);"
                + " this is a classifier trained here, with outputs of its own");
    }

    @Override
    public Activations extract(Images images) {
        float[] values = inference.run(
                "features for " + distanceName(),
                new ResampledImages(images, size),
                Tap.MIXED_7C.dimensions(),
                x -> net.features(x, Tap.MIXED_7C));
        return new Activations(new FeatureArray(images.size(), Tap.MIXED_7C.dimensions(), values), Optional.empty());
    }
}
