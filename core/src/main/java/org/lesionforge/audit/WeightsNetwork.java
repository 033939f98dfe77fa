package org.lesionforge.audit;

import java.util.Optional;
import org.lesionforge.inception.Resize;
import org.lesionforge.io.CacheFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.ImageSet;
import org.lesionforge.weights.PretrainedWeights;

/** The deepest features of pretrained weights, from the user's cache where they are in it. */
public record WeightsNetwork(PretrainedWeights weights, Progress progress) implements Audit.Network {
    @Override
    public String name() {
        return weights.name() + ", " + weights.deepest().dimensions() + " features";
    }

    @Override
    public Features features(ImageSet images) {
        FeatureCache cache = new FeatureCache(CacheFolder.path().resolve("features"), progress);
        try (FeatureReader reader =
                new FeatureReader(weights, weights.deepest(), Resize.PYTORCH_FID, Optional.of(cache), progress)) {
            return FeatureArray.of(reader.read(images).features());
        }
    }
}
