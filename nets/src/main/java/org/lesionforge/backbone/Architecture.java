package org.lesionforge.backbone;

import java.util.List;
import java.util.Optional;
import org.lesionforge.io.Seed;

/**
 * What there is to know of a kind of network before one is built.
 *
 * @param name in {@code model.json}: lower case, hyphens
 * @param title for people
 * @param side of the square images that it was designed for, in pixels
 * @param smallestSide that it can take, in pixels
 * @param input how it takes byte values where no weights say otherwise
 * @param featureLayers where features can be taken, by depth; the last is what the head sees
 * @param variants that its weights can be trained with; the first is built where no weights say otherwise
 * @param names of its weights
 * @param recognition tells which network a file of its weights is of
 * @param factory builds it
 */
public record Architecture(
        String name,
        String title,
        int side,
        int smallestSide,
        Normalisation input,
        List<FeatureLayer> featureLayers,
        List<? extends Variant> variants,
        WeightNames names,
        WeightsRecognition recognition,
        Factory factory) {

    /** Builds a network with fresh weights. */
    @FunctionalInterface
    public interface Factory {
        /**
         * Builds a network. Make it outside any scope, which would free its layers.
         *
         * @param options of this architecture
         * @param seed that the fresh weights are drawn from
         * @return the network; the caller closes it
         */
        Backbone create(BackboneOptions options, Seed seed);
    }

    /**
     * Copies the lists.
     *
     * @param name lower case, hyphens
     * @param title for people
     * @param side of the images that it was designed for, in pixels
     * @param smallestSide in pixels
     * @param input where no weights say otherwise
     * @param featureLayers by depth, at least one
     * @param variants the default one first, at least one
     * @param names of its weights
     * @param recognition of its weights
     * @param factory of its networks
     */
    public Architecture {
        featureLayers = List.copyOf(featureLayers);
        variants = List.copyOf(variants);
    }

    /** {@return the last feature layer: the one whose vectors go into the head} */
    public FeatureLayer deepest() {
        return featureLayers.get(featureLayers.size() - 1);
    }

    /** {@return the length of the vector that goes into the head} */
    public int featureCount() {
        return deepest().dimensions();
    }

    /**
     * {@return the layers that a network has which ends at {@code end}, by depth, {@code end} among them}
     *
     * @param end one of {@link #featureLayers}; of any other layer the list is empty
     */
    public List<FeatureLayer> upTo(FeatureLayer end) {
        return featureLayers.subList(0, featureLayers.indexOf(end) + 1);
    }

    /**
     * {@return the place where vectors of this length are taken; empty where there is none}
     *
     * @param dimensions length of the feature vector
     */
    public Optional<FeatureLayer> featureLayer(int dimensions) {
        return featureLayers.stream()
                .filter(layer -> layer.dimensions() == dimensions)
                .findFirst();
    }

    /**
     * {@return the variant of this name}
     *
     * @param wanted as {@link Variant#name} has it
     * @throws IllegalArgumentException when there is none of this name
     */
    public Variant variant(String wanted) {
        return variant(variants, wanted);
    }

    static Variant variant(List<? extends Variant> variants, String wanted) {
        return variants.stream()
                .filter(variant -> variant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "pooling is one of " + names(variants) + ", got '" + wanted + "'"));
    }

    static List<String> names(List<? extends Variant> variants) {
        return variants.stream().<String>map(Variant::name).toList();
    }

    /**
     * {@return a whole network that learns from the beginning, with all its heads}
     *
     * @param classes outputs of the last layer, 1 or more
     * @throws IllegalArgumentException when {@code classes} is 0 or less
     */
    public BackboneOptions classifier(int classes) {
        return new BackboneOptions(this, variants.get(0), classes, true, deepest());
    }
}
