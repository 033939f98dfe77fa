package org.lesionforge.backbone.zoo;

import java.util.List;
import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.inception.InceptionArchitecture;

/** The architectures that there are. */
public final class BackboneZoo {
    /** Every architecture, the default one first. */
    public static final List<Architecture> ALL = List.of(InceptionArchitecture.V3);

    /** The architecture that is built where nothing names another. */
    public static final Architecture DEFAULT = ALL.get(0);

    private BackboneZoo() {}

    /**
     * {@return the architecture of this name; empty where there is none}
     *
     * @param name as {@code model.json} has it: {@code inception-v3}
     */
    public static Optional<Architecture> named(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst();
    }
}
