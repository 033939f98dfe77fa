package org.lesionforge.cli;

import org.lesionforge.experiment.Arm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code none}, {@code dcgan}. */
final class ArmConverter implements ITypeConverter<Arm> {
    @Override
    public Arm convert(String word) {
        try {
            return Arm.of(word);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
