package org.lesionforge.backbone;

import org.lesionforge.io.Seed;

/**
 * Which network of an architecture to build.
 *
 * @param variant must be the one that the weights were trained with
 * @param classes outputs of the last layer; 0 builds no head
 * @param auxiliary whether the auxiliary head is built, of an architecture that has one; it speaks in training only
 * @param deepest the last layer that is built
 */
public record BackboneOptions(
        Architecture architecture, Variant variant, int classes, boolean auxiliary, FeatureLayer deepest) {
    public BackboneOptions {
        if (!architecture.variants().contains(variant)
                || !architecture.featureLayers().contains(deepest)) {
            throw new IllegalArgumentException(
                    architecture.title() + " has no variant " + variant.name() + " or no layer " + deepest.name());
        }
        if (classes < 0) {
            throw new IllegalArgumentException("expected 0 or more classes, got " + classes);
        }
        if (classes > 0 && !deepest.equals(architecture.deepest())) {
            throw new IllegalArgumentException("a head needs the whole network, got one up to " + deepest.name());
        }
        if (auxiliary && classes == 0) {
            throw new IllegalArgumentException("an auxiliary head needs classes, got 0");
        }
    }

    /** Whether a network of these options has {@code layer}. */
    public boolean reaches(FeatureLayer layer) {
        return architecture.upTo(deepest).contains(layer);
    }

    /** Builds it with weights drawn from {@code seed}. Make it outside any scope, which would free its layers. */
    public Backbone build(Seed seed) {
        return architecture.factory().create(this, seed);
    }

    /** Builds a network whose weights are loaded next; the same random ones each time until then. */
    public Backbone build() {
        return build(new Seed(0));
    }
}
