package org.lesionforge.quality;

import java.util.Optional;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Extraction;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;

/**
 * Everything that decides which number a distance comes out as, but the images themselves.
 *
 * @param network short name of the weights: {@code inception-2015-12-05}
 * @param fid whether these are the weights that FID is defined by
 * @param layer where the features are taken
 * @param resize how images of other sizes reach the network's
 * @param input how byte values are presented
 * @param side at which the network sees every image, in pixels
 */
public record ExtractionRecipe(
        String network, boolean fid, FeatureLayer layer, Resize resize, Normalisation input, int side) {
    /** Outputs of the network of 2015-12-05, on which the Inception Score is defined. */
    static final int SCORE_CLASSES = 1008;

    /** {@return {@code fid-768[inception-2015-12-05, resize=pytorch-fid]}; {@code fd-…} through any network but FID's own} */
    public String distanceName() {
        return (fid ? "fid-" : "fd-") + layer.dimensions() + "[" + network + ", resize=" + resize.label() + "]";
    }

    /** Length of the logits of an image through a network of {@code options}; 0 where there are none for the Inception Score. */
    int logits(BackboneOptions options) {
        return logitsMissingReason(options).isEmpty() ? SCORE_CLASSES : 0;
    }

    /** What is taken from a network of {@code options}, and how it sees images. */
    Extraction extraction(BackboneOptions options) {
        return new Extraction(network, layer, logits(options) > 0, side, input, resize::apply);
    }

    /** Why a network of {@code options} has no logits for the Inception Score; empty when it has. */
    Optional<String> logitsMissingReason(BackboneOptions options) {
        if (!fid || options.classes() != SCORE_CLASSES) {
            return Optional.of("the Inception Score needs the " + SCORE_CLASSES
                    + " outputs of the whole FID network (inception-2015-12-05); " + network + " here "
                    + (options.classes() == 0
                            ? "ends at " + options.deepest().name() + " and has no outputs"
                            : "has " + options.classes() + " outputs"));
        }
        if (!layer.equals(options.deepest())) {
            return Optional.of("the Inception Score needs the whole network; take features of "
                    + options.deepest().dimensions() + " dimensions, not " + layer.dimensions());
        }
        return Optional.empty();
    }
}
