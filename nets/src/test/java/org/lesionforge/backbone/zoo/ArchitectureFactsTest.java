package org.lesionforge.backbone.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;

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

    /** 0.4 and 0.3 are the papers'. */
    @ParameterizedTest
    @FieldSource("ALL")
    void whatHasAuxiliaryHeadsSaysWhatTheyCount(Architecture architecture) {
        double expected = architecture.name().equals("inception-v3") ? 0.4 : 0.3;
        assertEquals(
                architecture.names().lastLayers().size() > 1 ? OptionalDouble.of(expected) : OptionalDouble.empty(),
                architecture.auxiliaryWeight());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aPaddingIsThatOfOneVariant(Architecture architecture) {
        List<String> expected = architecture.name().equals("mobilenet-v1") ? List.of("timm", "keras") : List.of();
        assertEquals(expected, architecture.paddings());
        for (String padding : architecture.paddings()) {
            Variant variant = architecture.ofPadding(padding);
            assertEquals(variant, architecture.first(variant).classifier(2).variant());
            assertEquals(
                    Set.copyOf(architecture.variants()),
                    Set.copyOf(architecture.first(variant).variants()));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> architecture.ofPadding("same"))
                .getMessage();
        assertTrue(message.contains("--padding is one of " + expected) && message.contains("'same'"), message);
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
