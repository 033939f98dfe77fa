package org.lesionforge.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.nn.Dropout;
import org.lesionforge.nn.Extent;
import org.lesionforge.nn.Layer;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.StateDict;

/**
 * A network that makes features of images, and may have a linear head that classifies them.
 *
 * <p>Input: n × 3 × h × w, float32, normalised as the weights expect ({@link Normalisation}), h and w no smaller than the architecture's
 * smallest side. {@code logits = classify(features)}, and features are the averages over {@link #activations} unless an architecture says
 * otherwise. Closing it frees its memory.
 */
public abstract class Backbone extends Module {
    /** 8 images of 299×299, 15 % faster than 32: what passes from layer to layer stays in a processor's cache. */
    private static final int PIXELS_AT_ONCE = 8 * 299 * 299;

    private static final int MOST_IMAGES_AT_ONCE = 64;

    /** On a card 128 images of 299×299, where its memory holds them; small ones by more, so that a call costs little. */
    private static final int PIXELS_ON_CARD = 128 * 299 * 299;

    private static final int MOST_IMAGES_ON_CARD = 512;

    private static final int CHANNELS = 3;

    private final BackboneOptions options;

    /**
     * What the classifier says.
     *
     * @param logits n × classes
     * @param auxiliaryLogits n × classes, of each auxiliary head; none in evaluation and where there is no such head
     */
    public record Output(Tensor logits, List<Tensor> auxiliaryLogits) {}

    /**
     * Only keeps the options; the layers are registered by the architecture's class.
     *
     * @param options what is built
     */
    protected Backbone(BackboneOptions options) {
        this.options = options;
    }

    /** {@return what was built} */
    public final BackboneOptions options() {
        return options;
    }

    /**
     * What images pass on their way to the head.
     *
     * @return the layers that were built, by name and in their order; those of the architecture's feature layers are among the names
     */
    protected abstract Map<String, Layer> trunk();

    /**
     * {@return what a layer of the trunk does, for people}
     *
     * @param layer of {@link #trunk}
     */
    protected abstract String does(Layer layer);

    /**
     * Classifies.
     *
     * @param x n × 3 × h × w, normalised
     * @return logits of the classes, and of the auxiliary heads in training where there are any
     * @throws IllegalStateException when the network has no head
     */
    public Output forward(Tensor x) {
        head(); // Without one there is nothing to classify with: said before the work.
        try (Tensor features = features(x)) {
            return new Output(classify(features), List.of());
        }
    }

    /**
     * The channels behind {@code layer}, cell by cell.
     *
     * @param x n × 3 × h × w, normalised
     * @param layer one that was built
     * @return n × {@code layer.dimensions()} × h' × w'
     * @throws IllegalArgumentException when the network ends before {@code layer}
     */
    public final Tensor activations(Tensor x, FeatureLayer layer) {
        if (!options.reaches(layer)) {
            throw new IllegalArgumentException("features of " + layer.dimensions() + " dimensions are taken behind "
                    + layer.name() + ", this network ends at "
                    + options.deepest().name());
        }
        return Layer.chain(upTo(layer)).forward(x);
    }

    /**
     * {@return the trunk as far as {@code layer}, that included}
     *
     * @param layer one that was built
     */
    protected final List<Layer> upTo(FeatureLayer layer) {
        List<String> names = List.copyOf(trunk().keySet());
        return List.copyOf(trunk().values()).subList(0, names.indexOf(layer.name()) + 1);
    }

    /**
     * The channels of the last feature map that was built.
     *
     * @param x n × 3 × h × w, normalised
     * @return n × {@link #featureCount()} × h' × w'
     */
    public final Tensor activations(Tensor x) {
        return activations(x, options.deepest());
    }

    /**
     * The feature vectors that are taken behind {@code layer}.
     *
     * @param x n × 3 × h × w, normalised
     * @param layer one that was built
     * @return n × {@code layer.dimensions()}
     * @throws IllegalArgumentException when the network ends before {@code layer}
     */
    public Tensor features(Tensor x, FeatureLayer layer) {
        try (Tensor activations = activations(x, layer)) {
            return activations.mean(2, 3);
        }
    }

    /**
     * The deepest feature vectors: what goes into the head, where there is one.
     *
     * @param x n × 3 × h × w, normalised
     * @return n × {@link #featureCount()}
     */
    public final Tensor features(Tensor x) {
        return features(x, options.deepest());
    }

    /** {@return the length of the deepest feature vector} */
    public final int featureCount() {
        return options.deepest().dimensions();
    }

    /**
     * The head alone: dropout (in training) and the last layer.
     *
     * @param features n × {@link #featureCount()}
     * @return n × classes
     * @throws IllegalStateException when the network has no head
     */
    public Tensor classify(Tensor features) {
        LinearImpl head = head();
        if (!is_training()) {
            return head.forward(features);
        }
        try (Tensor dropped = dropout().apply(features)) {
            return head.forward(dropped);
        }
    }

    /**
     * The outputs without the last layer's bias: what the Inception Score is defined on.
     *
     * @param features n × {@link #featureCount()}
     * @return n × classes
     * @throws IllegalStateException when the network has no head
     */
    public Tensor logitsWithoutBias(Tensor features) {
        try (Tensor weight = head().weight()) {
            return torch.linear(features, weight);
        }
    }

    /**
     * The last layer, for optimisers that train it alone.
     *
     * @return the network's own layer, with a weight of classes × {@link #featureCount()} and a bias
     * @throws IllegalStateException when the network has no head
     */
    public abstract LinearImpl head();

    /**
     * {@return what drops features before the last layer in training} It can be seeded; without a seed of its own it
     * also draws from a fixed place, the same values each time.
     */
    public abstract Dropout dropout();

    /**
     * Multiplies each batch normalisation into the convolution before it. From then on the network is for inference alone, and what is loaded
     * into it later has no effect. Its parameters and buffers stay as they are: they can still be written.
     */
    public abstract void foldBatchNorm();

    /**
     * What the trunk and the head consist of; an auxiliary head, which images never pass in use, is left out.
     *
     * @param side of the image, in pixels
     * @return one row for each layer, with the shape behind it and the number of its weights
     */
    public final ModelSummary summary(int side) {
        List<ModelSummary.Row> rows = new ArrayList<>();
        Extent before = Extent.image(CHANNELS, side);
        for (Map.Entry<String, Layer> each : trunk().entrySet()) {
            Layer layer = each.getValue();
            Extent after = layer.extent(before);
            rows.add(new ModelSummary.Row(
                    each.getKey(),
                    does(layer),
                    after.channels(),
                    after.side(),
                    layer.parameterCount(),
                    after.field(),
                    after.multiplyAdds() - before.multiplyAdds()));
            before = after;
        }
        if (options.classes() > 0) {
            try (Tensor weight = head().weight()) {
                rows.add(new ModelSummary.Row(
                        options.architecture().names().lastLayers().get(0),
                        "global average, dropout, linear",
                        weight.size(0),
                        1,
                        StateDict.parameterCount(head()),
                        side,
                        weight.numel()));
            }
        }
        return new ModelSummary(rows);
    }

    /** Frees the network's memory, even if something still holds one of its layers. */
    @Override
    public void close() {
        if (!isNull()) {
            StateDict.free(this);
            dropout().close();
        }
        super.close();
    }

    /**
     * {@return how many square images are best sent through a network at once, without gradients, from 1 to 64 on the CPU and to 512 on a card}
     *
     * @param side of an image, in pixels, 1 or more
     * @param device where the network is
     */
    public static int inferenceBatch(int side, Device device) {
        int pixels = device.is_cuda() ? PIXELS_ON_CARD : PIXELS_AT_ONCE;
        int most = device.is_cuda() ? MOST_IMAGES_ON_CARD : MOST_IMAGES_AT_ONCE;
        return Math.max(1, Math.min(pixels / (side * side), most));
    }
}
