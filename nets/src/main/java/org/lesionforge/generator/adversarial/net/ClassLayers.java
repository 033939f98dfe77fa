package org.lesionforge.generator.adversarial.net;

import java.util.List;

/** The layers of conditional nets that have a row for each class. */
public final class ClassLayers {
    private static final List<String> ENDS = List.of(
            ClassNorm.GAIN + ".weight",
            ClassNorm.SHIFT + ".weight",
            Projection.NAME + ".weight",
            Projection.NAME + ".weight_u");

    private ClassLayers() {}

    /**
     * {@return whether a tensor has a row for each class}
     *
     * @param name of a parameter or buffer of a net, whatever stands before it
     */
    public static boolean own(String name) {
        return ENDS.stream().anyMatch(name::endsWith);
    }
}
