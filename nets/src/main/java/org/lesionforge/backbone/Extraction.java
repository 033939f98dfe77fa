package org.lesionforge.backbone;

import org.bytedeco.pytorch.Tensor;

/**
 * What is taken from a network, and how it sees images.
 *
 * @param network short name of its weights, for progress
 * @param layer where features are taken
 * @param logits whether the outputs without bias are taken as well
 * @param side at which it sees every image, in pixels
 * @param input how byte values are presented
 * @param resizing how images of other sizes are brought to {@code side}
 */
public record Extraction(
        String network, FeatureLayer layer, boolean logits, int side, Normalisation input, Resizing resizing) {
    /** A way to change the size of images. */
    @FunctionalInterface
    public interface Resizing {
        /**
         * Resizes images.
         *
         * @param images n × 3 × h × w, floating point, 0…255
         * @param side height and width of the result, in pixels
         * @return n × 3 × {@code side} × {@code side}; {@code images} itself when that is its size
         */
        Tensor apply(Tensor images, int side);
    }
}
