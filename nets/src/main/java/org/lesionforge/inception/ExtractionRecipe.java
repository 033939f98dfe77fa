package org.lesionforge.inception;

import java.util.Optional;

/**
 * Everything that decides which number a distance comes out as, but the images themselves.
 *
 * @param network short name of the weights: {@code inception-2015-12-05}
 * @param fid whether these are the weights that FID is defined by
 * @param tap where the features are taken
 * @param resize how images of other sizes reach the network's
 * @param input how byte values are presented
 * @param side at which the network sees every image, in pixels
 */
public record ExtractionRecipe(String network, boolean fid, Tap tap, Resize resize, InputConvention input, int side) {
    /** Outputs of the network of 2015-12-05, on which the Inception Score is defined. */
    static final int SCORE_CLASSES = 1008;

    /** {@code fid-768[inception-2015-12-05, resize=pytorch-fid]}; {@code fd-…} through any network but FID's own. */
    public String distanceName() {
        return (fid ? "fid-" : "fd-") + tap.dimensions() + "[" + network + ", resize=" + resize.label() + "]";
    }

    /** Length of the logits of an image through a network of {@code options}; 0 where there are none for the Inception Score. */
    int logits(InceptionOptions options) {
        return logitsMissingReason(options).isEmpty() ? SCORE_CLASSES : 0;
    }

    /** Why a network of {@code options} has no logits for the Inception Score; empty when it has. */
    Optional<String> logitsMissingReason(InceptionOptions options) {
        if (!fid || options.classes() != SCORE_CLASSES) {
            return Optional.of("the Inception Score needs the " + SCORE_CLASSES
                    + " outputs of the whole FID network (inception-2015-12-05); " + network + " here "
                    + (options.classes() == 0
                            ? "ends at " + options.deepest().layer() + " and has no outputs"
                            : "has " + options.classes() + " outputs"));
        }
        if (tap != Tap.MIXED_7C) {
            return Optional.of("the Inception Score needs the whole network; take features of 2048 dimensions, not "
                    + tap.dimensions());
        }
        return Optional.empty();
    }
}
