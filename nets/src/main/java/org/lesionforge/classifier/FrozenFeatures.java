package org.lesionforge.classifier;

import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The features that the head of a pretrained network sees in images, each image looked at once: hand one to every classifier that is trained
 * on the same weights and size, and none computes again what another has. Safe to use from several threads: they take turns.
 */
public final class FrozenFeatures implements AutoCloseable {
    private final PretrainedWeights weights;
    private final FeatureLayer layer;
    private final int size;
    private final FeatureReader reader;

    /**
     * Features that are kept in memory, 8 kB an image where they are 2048, as long as this is open.
     *
     * @param weights of the whole network
     * @param layer behind which they are taken: the architecture's last feature layer, or its middle
     * @param size side of the images in pixels
     * @param compute where the network is sent
     * @param progress receives each image that is read
     * @throws IllegalArgumentException when the network takes no images of that size
     * @throws UnusableInputException when the weights end before the network does, or do not fit it
     */
    public FrozenFeatures(PretrainedWeights weights, FeatureLayer layer, int size, Compute compute, Progress progress) {
        this(weights, layer, size, FeatureCache.inMemory(), compute, progress);
    }

    /**
     * Features that are kept in a cache which may outlast this.
     *
     * @param weights of the whole network
     * @param layer behind which they are taken: the architecture's last feature layer, or its middle
     * @param size side of the images in pixels
     * @param cache where features are kept, for all networks and sizes; closed by its owner, after this
     * @param compute where the network is sent
     * @param progress receives each image that is read
     * @throws IllegalArgumentException when the network takes no images of that size
     * @throws UnusableInputException when the weights end before the network does, or do not fit it
     */
    public FrozenFeatures(
            PretrainedWeights weights,
            FeatureLayer layer,
            int size,
            FeatureCache cache,
            Compute compute,
            Progress progress) {
        requireWhole(weights);
        weights.architecture().requireSide(size);
        this.weights = weights;
        this.layer = layer;
        this.size = size;
        reader = Extractors.reader(weights, layer, size, cache, compute, progress);
        reader.load();
    }

    static void requireWhole(PretrainedWeights weights) {
        if (!weights.isWhole()) {
            throw new UnusableInputException("a classifier needs the whole network, " + weights.file() + " ("
                    + weights.name() + ") ends at " + weights.deepest().name() + "; name another file with --weights");
        }
    }

    /** {@return the weights of the network that sees the images} */
    public PretrainedWeights weights() {
        return weights;
    }

    /** {@return the layer behind which the features are taken} */
    public FeatureLayer layer() {
        return layer;
    }

    /** {@return the side of the images in pixels} */
    public int size() {
        return size;
    }

    /** Length of a vector. */
    int dimensions() {
        return reader.dimensions();
    }

    /**
     * Features of each image, seen in one of the symmetries of a square.
     *
     * @return n × {@link #dimensions()}
     */
    Features of(LabelledImages images, Symmetry view) {
        return reader.extract(new Seen(images.at(size), view)).features();
    }

    /**
     * The mean of each image's features over its first {@code views} symmetries.
     *
     * @param views 1 to {@link Symmetry#COUNT}
     * @return n × {@link #dimensions()}
     */
    FeatureArray mean(LabelledImages images, int views) {
        FeatureArray first = FeatureArray.of(of(images, Symmetry.IDENTITY));
        if (views == 1) {
            return first;
        }
        float[] sum = first.values().clone();
        for (int view = 1; view < views; view++) {
            float[] more = FeatureArray.of(of(images, Symmetry.of(view))).values();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += more[k];
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= views;
        }
        return new FeatureArray(first.count(), first.dimensions(), sum);
    }

    /** {@return what these features are read through, for images of {@link #size()}; closed with this} */
    public FeatureReader reader() {
        return reader;
    }

    /**
     * As {@link Classifier#features}, of any classifier that was trained on these features: its network is the same but
     * for the last layer.
     *
     * @return vectors brought to length √d, where d is their dimension; it works until this is closed
     */
    public FeatureExtractor ownClassifier() {
        return new ClassifierFeatures(reader::extract, reader::extractOnce, size);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Images, each laid over in the same way. */
    record Seen(SquareImages upright, Symmetry view) implements SquareImages {
        @Override
        public int size() {
            return upright.size();
        }

        @Override
        public int side() {
            return upright.side();
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            view.apply(upright.image(i).pixels(), side(), target, offset);
        }

        @Override
        public String sha256(int i) {
            return view.equals(Symmetry.IDENTITY) ? upright.sha256(i) : SquareImages.super.sha256(i);
        }
    }
}
