package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;

/** What is known of the architectures of the list before one is built. */
final class ArchitectureFactsTest {
    private static final BackboneZoo ZOO = new BackboneZoo(
            Stream.concat(BackboneZoo.STANDARD.architectures().stream(), Stream.of(ToyBackbone.ARCHITECTURE))
                    .toList());
    private static final List<Architecture> ALL = ZOO.architectures();

    @Test
    void namesTellArchitecturesApart() {
        for (Architecture architecture : ALL) {
            assertEquals(architecture, ZOO.named(architecture.name()).orElseThrow());
            assertTrue(architecture.name().matches("[a-z][a-z0-9-]*"), architecture.name());
            for (FeatureLayer layer : architecture.featureLayers()) {
                assertEquals(
                        layer, architecture.featureLayer(layer.dimensions()).orElseThrow());
            }
        }
        assertTrue(ZOO.named("no-such-network").isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> new BackboneZoo(List.of(ToyBackbone.ARCHITECTURE, ToyBackbone.ARCHITECTURE)));
        assertThrows(IllegalArgumentException.class, () -> new BackboneZoo(List.of()));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void smallerImagesAreRefused(Architecture architecture) {
        architecture.requireSide(architecture.smallestSide());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> architecture.requireSide(architecture.smallestSide() - 1))
                .getMessage();
        assertTrue(
                message.contains(architecture.title())
                        && message.contains("at least " + architecture.smallestSide() + " pixels, got "),
                message);
        assertTrue(architecture.side() >= architecture.smallestSide());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyWayToTakeValuesIsItsFormula(Architecture architecture) {
        for (Normalisation input : architecture.inputs()) {
            assertEquals(input, architecture.input(input.formula()));
            assertTrue(input.name().matches("[A-Za-z0-9_]+"), input.name());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> architecture.input("x"))
                .getMessage();
        assertTrue(message.contains(architecture.input().formula()), message);
    }
}
