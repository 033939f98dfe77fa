package org.lesionforge.metric;

import java.util.Optional;

/** Turns images into feature vectors, so that sets of images can be compared. Named, because a number means nothing without its extractor. */
public interface FeatureExtractor {
    /**
     * What a Fréchet distance through this extractor is called: {@code fid-768[inception-2015-12-05, resize=pytorch-fid]} for the FID
     * network, {@code fd[own-classifier, normalised]} for any other.
     */
    String distanceName();

    /** Why there are no logits for the Inception Score; empty when there are. */
    Optional<String> logitsMissingReason();

    /** Vectors of {@code images}, in order. */
    Activations extract(Images images);

    /** RGB images of any sizes, read one at a time, also from several threads at once. */
    interface Images {
        int size();

        /** Width of image {@code i}, in pixels. */
        int width(int i);

        /** Height of image {@code i}, in pixels. */
        int height(int i);

        /** Copies image {@code i}, {@code height × width × 3} bytes, row by row, red first. */
        void read(int i, byte[] target, int offset);
    }

    /** Square images of one size. */
    interface SquareImages extends Images {
        int side();

        @Override
        default int width(int i) {
            return side();
        }

        @Override
        default int height(int i) {
            return side();
        }
    }

    /**
     * @param features n × d
     * @param logits n × 1008 outputs without the bias of the last layer, as the Inception Score needs them; empty where the network has no
     *     such head
     */
    record Activations(Features features, Optional<Features> logits) {}
}
