package org.lesionforge.cli.generator;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.gan.GanPreset;

/** {@code paper}, {@code small-data}. */
final class GanPresetConverter extends WordConverter<GanPreset> {
    GanPresetConverter() {
        super(GanPreset::of);
    }
}
