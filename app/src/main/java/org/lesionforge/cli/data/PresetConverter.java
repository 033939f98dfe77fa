package org.lesionforge.cli.data;

import org.lesionforge.cli.common.WordConverter;
import org.lesionforge.data.source.Preset;

/** {@code isic}, {@code ham10000}, … */
final class PresetConverter extends WordConverter<Preset> {
    PresetConverter() {
        super(Preset::of);
    }
}
