package org.lesionforge.metric.fidelity;

import java.util.Optional;
import org.lesionforge.image.Images;

/**
 * Computes feature vectors of images, so that sets of images can be compared. It has a name, because a distance is
 * meaningless without its extractor.
 */
public interface FeatureExtractor {
    /**
     * {@return the name of a Fréchet distance with this extractor:
     * {@code fid-768[inception-2015-12-05, resize=pytorch-fid]} for the FID network,
     * {@code fd[own-classifier, normalised]} for any other}
     */
    String distanceName();

    /** {@return why there are no logits for the Inception Score; empty when there are} */
    Optional<String> logitsMissingReason();

    /**
     * {@return vectors of {@code images}, in order}
     *
     * @param images of any size
     */
    Activations extract(Images images);

    /**
     * {@return features as {@link #extract}, for images that are used once, such as those of a snapshot: they are not
     * cached}
     *
     * @param images of any size
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
