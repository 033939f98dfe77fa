package org.lesionforge.cli;

import org.lesionforge.inception.Resize;
import picocli.CommandLine.ITypeConverter;

/** {@code tf}, {@code pytorch-fid}, {@code clean}. */
final class ResizeConverter implements ITypeConverter<Resize> {
    @Override
    public Resize convert(String word) {
        return Resize.of(word);
    }
}
