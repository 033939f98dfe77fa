package org.lesionforge.quality;

import java.io.IOException;
import java.util.Optional;
import org.lesionforge.inception.ExtractionRecipe;
import org.lesionforge.inception.InceptionExtractor;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.quality.FeatureCache.Shape;
import org.lesionforge.weights.PretrainedWeights;

/** Features of image sets through one network, from the cache where they are in it; the network is loaded when it is first needed. */
public final class FeatureReader implements AutoCloseable {
    private final PretrainedWeights weights;
    private final ExtractionRecipe recipe;
    private final Optional<FeatureCache> cache;
    private final Progress progress;
    private InceptionExtractor loaded;

    public FeatureReader(
            PretrainedWeights weights, Tap tap, Resize resize, Optional<FeatureCache> cache, Progress progress) {
        this.weights = weights;
        this.recipe = new ExtractionRecipe(weights.name(), weights.isFidNetwork(), tap, resize, weights.input(resize));
        this.cache = cache;
        this.progress = progress;
    }

    /** {@code fid-768[inception-2015-12-05, resize=pytorch-fid]} */
    public String distanceName() {
        return recipe.distanceName();
    }

    /** Length of the vectors. */
    public int dimensions() {
        return recipe.tap().dimensions();
    }

    /** @param images matched to another size already, where that is wanted: their hash is that of the matched pixels */
    public Activations read(ImageSet images) {
        if (cache.isEmpty()) {
            return extractor().extract(images);
        }
        String key = "pixels=" + images.sha256() + " weights=" + weights.sha256() + " " + recipe;
        return cache.get().find(key).orElseGet(() -> computed(key, images));
    }

    private Activations computed(String key, ImageSet images) {
        Shape shape =
                new Shape(images.size(), recipe.tap().dimensions(), extractor().logits());
        try {
            return cache.orElseThrow().keep(key, shape, sink -> extractor().extract(images, sink));
        } catch (IOException e) {
            progress.message("features cannot be kept on disk (" + e.getMessage() + "); computing them in memory");
            return extractor().extract(images);
        }
    }

    private InceptionExtractor extractor() {
        if (loaded == null) {
            loaded = weights.extractor(recipe.tap(), recipe.resize(), progress);
        }
        return loaded;
    }

    /** What was read is not to be used any more. */
    @Override
    public void close() {
        cache.ifPresent(FeatureCache::close);
        if (loaded != null) {
            loaded.close();
        }
    }
}
