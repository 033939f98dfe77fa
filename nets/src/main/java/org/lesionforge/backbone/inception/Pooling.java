package org.lesionforge.backbone.inception;

import org.lesionforge.backbone.Variant;

/**
 * What the 3×3 pools inside the blocks do at the border, and in the last block: the whole difference between the networks that share the
 * name Inception V3. Weights trained with one give wrong features with another, without any error.
 */
public enum Pooling implements Variant {
    /** Averages count the zero padding (torchvision). */
    INCLUDE_PADDING("averages with the padding, as torchvision"),
    /** Averages are over the pixels that exist (TensorFlow, Keras). */
    EXCLUDE_PADDING("averages without the padding, as TensorFlow"),
    /** As {@link #EXCLUDE_PADDING}, but Mixed_7c takes the maximum: the network of 2015-12-05 that FID is defined by. */
    FID_2015("averages without the padding, the maximum in the last block, as FID's network of 2015-12-05");

    private final String text;

    Pooling(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    boolean countsPadding() {
        return this == INCLUDE_PADDING;
    }
}
