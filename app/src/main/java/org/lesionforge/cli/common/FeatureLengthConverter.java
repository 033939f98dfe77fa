package org.lesionforge.cli.common;

import java.util.List;
import java.util.stream.Collectors;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.zoo.BackboneZoo;

/** The length of feature vectors that some network has: {@code 768}. */
final class FeatureLengthConverter extends WordConverter<Integer> {
    FeatureLengthConverter(Zoos zoos) {
        // NumberFormatException is an IllegalArgumentException too, and says what it could not read.
        super(word -> require(Integer.parseInt(word), zoos.backbones()));
    }

    private static int require(int dimensions, BackboneZoo backbones) {
        List<Integer> lengths = backbones.architectures().stream()
                .flatMap(architecture -> architecture.featureLayers().stream().map(FeatureLayer::dimensions))
                .distinct()
                .sorted()
                .toList();
        if (!lengths.contains(dimensions)) {
            throw new IllegalArgumentException("features have "
                    + lengths.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " dimensions, got "
                    + dimensions);
        }
        return dimensions;
    }
}
