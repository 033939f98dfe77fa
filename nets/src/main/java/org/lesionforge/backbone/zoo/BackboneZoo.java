package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.inception.InceptionArchitecture;

/** The architectures that there are. */
public final class BackboneZoo {
    /** The first is built where nothing names another. */
    public static final List<Architecture> ALL = List.of(InceptionArchitecture.V3);

    public static final Architecture DEFAULT = ALL.get(0);

    private BackboneZoo() {}

    /** By its name in {@code model.json}. */
    public static Optional<Architecture> named(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst();
    }
}
