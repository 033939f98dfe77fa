package org.lesionforge.backbone;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.lesionforge.io.Seed;

/**
 * What there is to know of a kind of network before one is built.
 *
 * @param name in {@code model.json}: lower case, hyphens
 * @param title for people
 * @param side of the square images that it was designed for, in pixels
 * @param smallestSide that it can take, in pixels
 * @param inputs ways in which networks of it take byte values; the first is its own where no weights say otherwise
 * @param featureLayers where features can be taken, by depth; the last is what the head sees
 * @param middle where they tell most of images of another kind than the network was made for: before its last blocks, which know its own classes; the
 *     last layer, where that is not known of it
 * @param variants that its weights can be trained with; the first is built where no weights say otherwise
 * @param footprint its counts, and what it takes in memory
 * @param auxiliaryWeight share of each auxiliary head's loss beside 1 of the last layer's, as its paper has it; empty where it has no such head
 * @param names of its weights
 * @param recognition tells which network a file of its weights is of
 * @param factory builds it
 */
public record Architecture(
        String name,
        String title,
        int side,
        int smallestSide,
        List<Normalisation> inputs,
        List<FeatureLayer> featureLayers,
        FeatureLayer middle,
        List<? extends Variant> variants,
        Footprint footprint,
        OptionalDouble auxiliaryWeight,
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

    /** {@return how it takes byte values where no weights say otherwise} */
    public Normalisation input() {
        return inputs.get(0);
    }

    /**
     * {@return the way to take byte values that has this formula}
     *
     * @param formula as {@link Normalisation#formula} has it, character by character
     * @throws IllegalArgumentException for a formula that none of the architecture's networks has
     */
    public Normalisation input(String formula) {
        return inputs.stream()
                .filter(input -> input.formula().equals(formula))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "input convention is " + Normalisation.formulas(inputs) + ", got " + formula));
    }

    /**
     * Refuses images that are too small for the network.
     *
     * @param pixels side of the images
     * @throws IllegalArgumentException when that is less than {@link #smallestSide}
     */
    public void requireSide(int pixels) {
        if (pixels < smallestSide) {
            throw new IllegalArgumentException(
                    title + " needs images of at least " + smallestSide + " pixels, got " + pixels);
        }
    }

    /** {@return the last feature layer: the one whose vectors go into the head} */
    public FeatureLayer deepest() {
        return featureLayers.get(featureLayers.size() - 1);
    }

    /**
     * {@return whether nothing but an average is between the last map and the head} Then what each place of the map says of a class can be told, and the
     * places add up to the class's output.
     */
    public boolean linearOnAverage() {
        return deepest().averages();
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
        return variants.stream()
                .filter(variant -> variant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("pooling is one of " + variantNames() + ", got '" + wanted + "'"));
    }

    /** {@return the words of {@link Variant#padding} that it can be built by, the usual one first; none where there is no choice} */
    public List<String> paddings() {
        return variants.stream().flatMap(variant -> variant.padding().stream()).toList();
    }

    /**
     * {@return the variant of this padding}
     *
     * @param wanted one of {@link #paddings}
     * @throws IllegalArgumentException when there is none of this padding
     */
    public Variant ofPadding(String wanted) {
        return variants.stream()
                .filter(variant -> variant.padding().equals(Optional.of(wanted)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--padding is one of " + paddings() + " for " + name + ", got '" + wanted + "'"));
    }

    /**
     * {@return the same architecture, of which another variant is built where no weights say otherwise}
     *
     * @param usual one of {@link #variants}
     */
    public Architecture first(Variant usual) {
        return new Architecture(
                name,
                title,
                side,
                smallestSide,
                inputs,
                featureLayers,
                middle,
                Stream.concat(Stream.of(usual), variants.stream().filter(other -> !other.equals(usual)))
                        .toList(),
                footprint,
                auxiliaryWeight,
                names,
                recognition,
                factory);
    }

    List<String> variantNames() {
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
