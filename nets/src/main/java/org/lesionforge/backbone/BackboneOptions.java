package org.lesionforge.backbone;

import org.lesionforge.io.Seed;

/**
 * Which network of an architecture to build.
 *
 * @param architecture that the network is of
 * @param variant must be the one that the weights were trained with
 * @param classes outputs of the last layer; 0 builds no head
 * @param auxiliary whether the auxiliary head is built, of an architecture that has one; it is used in training only
 * @param deepest the last layer that is built
 */
public record BackboneOptions(
        Architecture architecture, Variant variant, int classes, boolean auxiliary, FeatureLayer deepest) {
    /**
     * Refuses what cannot be built.
     *
     * @param architecture that the network is of
     * @param variant one of the architecture's
     * @param classes outputs of the last layer, 0 or more
     * @param auxiliary whether the auxiliary head is built
     * @param deepest one of the architecture's feature layers, or its middle
     * @throws IllegalArgumentException when the architecture has no such variant or layer, {@code classes} is below 0,
     *     a head is asked for elsewhere than at the middle or the end, or an auxiliary head without classes
     */
    public BackboneOptions {
        boolean middle = deepest.equals(architecture.middle());
        if (!architecture.variants().contains(variant)
                || !(middle || architecture.featureLayers().contains(deepest))) {
            throw new IllegalArgumentException(
                    architecture.title() + " has no variant " + variant.name() + " or no layer " + deepest.name());
        }
        if (classes < 0) {
            throw new IllegalArgumentException("expected 0 or more classes, got " + classes);
        }
        if (classes > 0 && !middle && !deepest.equals(architecture.deepest())) {
            throw new IllegalArgumentException("a head needs the whole network, or that up to "
                    + architecture.middle().name() + "; got one up to " + deepest.name());
        }
        if (auxiliary && !deepest.equals(architecture.deepest())) {
            throw new IllegalArgumentException(
                    "an auxiliary head needs the whole network, got one up to " + deepest.name());
        }
        if (auxiliary && classes == 0) {
            throw new IllegalArgumentException("an auxiliary head needs classes, got 0");
        }
    }

    /**
     * {@return whether a network of these options has {@code layer}}
     *
     * @param layer of any depth
     */
    public boolean reaches(FeatureLayer layer) {
        return layer.equals(deepest) || architecture.upTo(deepest).contains(layer);
    }

    /**
     * {@return a new network with weights drawn from {@code seed}} Make it outside any scope, which would free its
     * layers.
     *
     * @param seed of the weights
     */
    public Backbone build(Seed seed) {
        return architecture.factory().create(this, seed);
    }

    /** {@return a new network whose weights are loaded next; the same random ones each time until then} */
    public Backbone build() {
        return build(new Seed(0));
    }
}
