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
        Backbone create(BackboneOptions options, Seed seed);
    }

    public Architecture {
        featureLayers = List.copyOf(featureLayers);
        variants = List.copyOf(variants);
    }

    /** What the head sees. */
    public FeatureLayer deepest() {
        return featureLayers.get(featureLayers.size() - 1);
    }

    /** Length of the vector that the head sees. */
    public int featureCount() {
        return deepest().dimensions();
    }

    /** The layers that a network has which ends at {@code end}, by depth. */
    public List<FeatureLayer> upTo(FeatureLayer end) {
        return featureLayers.subList(0, featureLayers.indexOf(end) + 1);
    }

    /** The place where vectors of this length are taken. */
    public Optional<FeatureLayer> featureLayer(int dimensions) {
        return featureLayers.stream()
                .filter(layer -> layer.dimensions() == dimensions)
                .findFirst();
    }

    /** @throws IllegalArgumentException when there is none of this name */
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

    /** A whole network that learns from the beginning, with all its heads. */
    public BackboneOptions classifier(int classes) {
        return new BackboneOptions(this, variants.get(0), classes, true, deepest());
    }
}
