package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.inception.InceptionArchitecture;

/**
 * The architectures that a program knows. It is handed down from the command: what looks an architecture up looks in the list that it was given.
 *
 * @param architectures in the order in which they are offered; the first is built where nothing names another
 */
public record BackboneZoo(List<Architecture> architectures) {
    /** The architectures that this program has. */
    public static final BackboneZoo STANDARD = new BackboneZoo(List.of(
            InceptionArchitecture.V3,
            ResNet.RESNET_50,
            ResNet.RESNET_101,
            DenseNet.DENSENET_121,
            DenseNet.DENSENET_169,
            DenseNet.DENSENET_201,
            MobileNetV1.ARCHITECTURE,
            MobileNetV2.ARCHITECTURE,
            EfficientNet.B0,
            EfficientNet.B2,
            Vgg16.ARCHITECTURE,
            GoogLeNet.ARCHITECTURE));

    /**
     * Copies the list.
     *
     * @param architectures at least one, each of another name
     * @throws IllegalArgumentException when there is none, or two have one name
     */
    public BackboneZoo {
        architectures = List.copyOf(architectures);
        List<String> names = architectures.stream().map(Architecture::name).toList();
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("expected architectures of different names, got " + names);
        }
    }

    /** {@return the architecture that is built where nothing names another} */
    public Architecture first() {
        return architectures.get(0);
    }

    /**
     * {@return the architecture of this name; empty where there is none}
     *
     * @param name as {@code model.json} has it: {@code inception-v3}
     */
    public Optional<Architecture> named(String name) {
        return architectures.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst();
    }

    /** {@return all names, for a message: {@code inception-v3, resnet-50}} */
    public String names() {
        return architectures.stream().map(Architecture::name).collect(Collectors.joining(", "));
    }

    /** {@return all titles, for a message: {@code Inception V3 or ResNet-50}} */
    public String titles() {
        return architectures.stream().map(Architecture::title).collect(Collectors.joining(" or "));
    }
}
