package org.lesionforge.backbone;

import java.util.Optional;

/**
 * One of the networks that share an architecture's name and the shapes of its weights, and yet compute otherwise. Weights trained with one
 * give wrong features with another, without any error; so nothing is loaded without naming it.
 */
public interface Variant {
    /** {@return the word that it is chosen by where no weights tell: {@code keras}; empty where it comes with weights alone} */
    default Optional<String> padding() {
        return Optional.empty();
    }

    /** {@return its name in files: {@code EXCLUDE_PADDING}} */
    String name();

    /** {@return what it is called for people} */
    String text();
}
