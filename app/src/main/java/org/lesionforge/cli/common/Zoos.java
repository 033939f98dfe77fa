package org.lesionforge.cli.common;

import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.generator.zoo.GeneratorZoo;

/**
 * The lists of networks that this program's commands know. They reach a command through its constructor, see {@link ZooFactory}, and go down from there.
 *
 * @param backbones what classifiers and extractors of features may be of
 * @param generators the families that generators may be of
 */
public record Zoos(BackboneZoo backbones, GeneratorZoo generators) {
    /** All that this program has. */
    public static final Zoos STANDARD = new Zoos(BackboneZoo.STANDARD, GeneratorZoo.STANDARD);
}
