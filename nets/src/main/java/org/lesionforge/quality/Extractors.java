package org.lesionforge.quality;

import java.util.Optional;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;

/**
 * What images are measured with, made of pretrained weights: with the network and the input that belong to them, whichever architecture they
 * are of. A network is loaded when it is first needed.
 */
public final class Extractors {
    private Extractors() {}

    /**
     * Features behind {@code layer}.
     *
     * @param weights of the network, which is loaded when it is first needed
     * @param layer within the depth of the weights
     * @param resize how images of other sizes reach the network's
     * @param cache empty where nothing is to be kept
     * @param compute where the network is sent
     * @param progress receives how many images are read
     * @return a reader, to be closed
     * @throws UnusableInputException when the file does not reach so deep
     */
    public static FeatureReader reader(
            PretrainedWeights weights,
            FeatureLayer layer,
            Resize resize,
            Optional<FeatureCache> cache,
            Compute compute,
            Progress progress) {
        return reader(
                weights,
                new ExtractionRecipe(
                        weights.name(),
                        weights.isFidNetwork(),
                        layer,
                        resize,
                        input(weights, resize),
                        weights.architecture().side()),
                cache,
                compute,
                progress);
    }

    /**
     * Features of images of {@code side} × {@code side} pixels, which the network sees as they are.
     *
     * @param weights of the whole network, which is loaded when it is first needed
     * @param layer one of its feature layers, or its middle
     * @param side in pixels
     * @param cache where the features are kept
     * @param compute where the network is sent
     * @param progress receives how many images are read
     * @return a reader, to be closed
     * @throws UnusableInputException when the file ends before the network does
     */
    public static FeatureReader reader(
            PretrainedWeights weights,
            FeatureLayer layer,
            int side,
            FeatureCache cache,
            Compute compute,
            Progress progress) {
        return reader(
                weights,
                new ExtractionRecipe(
                        weights.name(), weights.isFidNetwork(), layer, Resize.PYTORCH_FID, weights.input(), side),
                Optional.of(cache),
                compute,
                progress);
    }

    private static FeatureReader reader(
            PretrainedWeights weights,
            ExtractionRecipe recipe,
            Optional<FeatureCache> cache,
            Compute compute,
            Progress progress) {
        BackboneOptions options = weights.options(recipe.layer());
        return new FeatureReader(
                weights.sha256(),
                options,
                recipe,
                () -> new BackboneExtractor(
                        weights.network(recipe.layer()), recipe.extraction(options), compute, progress),
                cache);
    }

    /** pytorch-fid presents values to FID's network in its own way. */
    private static Normalisation input(PretrainedWeights weights, Resize resize) {
        return weights.isFidNetwork() && resize == Resize.PYTORCH_FID ? Normalisation.SIGNED_UNIT : weights.input();
    }
}
