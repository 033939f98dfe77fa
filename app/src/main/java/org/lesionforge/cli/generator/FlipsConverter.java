package org.lesionforge.cli.generator;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.generator.Flips;

/** {@code none}, {@code horizontal}, {@code both}. */
final class FlipsConverter extends WordConverter<Flips> {
    FlipsConverter() {
        super(Flips::of);
    }
}
