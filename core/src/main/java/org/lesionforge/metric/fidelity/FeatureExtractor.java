package org.lesionforge.metric.fidelity;

import java.util.Optional;
import org.lesionforge.image.Images;

/**
 * Computes feature vectors of images, so that sets of images can be compared. It has a name, because a distance is
 * meaningless without its extractor.
 */
public interface FeatureExtractor {
    /**
     * The name of a Fréchet distance with this extractor: {@code fid-768[inception-2015-12-05, resize=pytorch-fid]} for
     * the FID network, {@code fd[own-classifier, normalised]} for any other.
     */
    String distanceName();

    /** Why there are no logits for the Inception Score; empty when there are. */
    Optional<String> logitsMissingReason();

    /** Vectors of {@code images}, in order. */
    Activations extract(Images images);

    /**
     * As {@link #extract}, for images that are used once, such as those of a snapshot: their features are not cached.
     */
    default Activations extractOnce(Images images) {
        return extract(images);
    }

    /**
     * @param features n × d
     * @param logits n × 1008 outputs without the bias of the last layer, as the Inception Score needs them; empty where the network has no
     *     such head
     */
    record Activations(Features features, Optional<Features> logits) {}
}
