package org.lesionforge.cli.common;

import org.lesionforge.inception.Tap;

/** {@code 64}, {@code 192}, {@code 768}, {@code 2048}. */
final class TapConverter extends WordConverter<Tap> {
    TapConverter() {
        // NumberFormatException is an IllegalArgumentException too, and says what it could not read.
        super(word -> Tap.of(Integer.parseInt(word)));
    }
}
