package org.lesionforge.audit;

import java.util.Optional;
import org.lesionforge.data.ImageSet;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The deepest features of pretrained weights.
 *
 * @param cache where they are kept, and read from if they are there
 * @param compute where the network is sent
 * @param progress hears how many images are read
 */
public record WeightsNetwork(PretrainedWeights weights, FeatureCache cache, Compute compute, Progress progress)
        implements Audit.Network {
    @Override
    public String name() {
        return weights.name() + ", " + weights.deepest().dimensions() + " features";
    }

    /** {@return what the features are read through, to be closed; it loads the network when it is needed} */
    public FeatureReader reader() {
        return Extractors.reader(weights, weights.deepest(), Resize.PYTORCH_FID, Optional.of(cache), compute, progress);
    }

    @Override
    public Features features(ImageSet images) {
        try (FeatureReader reader = reader()) {
            return FeatureArray.of(reader.extract(images).features());
        }
    }
}
