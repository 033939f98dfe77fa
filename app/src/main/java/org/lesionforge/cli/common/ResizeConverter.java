package org.lesionforge.cli.common;

import org.lesionforge.quality.Resize;

/** {@code tf}, {@code pytorch-fid}, {@code clean}. */
final class ResizeConverter extends WordConverter<Resize> {
    ResizeConverter() {
        super(Resize::of);
    }
}
