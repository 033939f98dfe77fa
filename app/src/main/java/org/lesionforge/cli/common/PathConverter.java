package org.lesionforge.cli.common;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.lesionforge.io.UserPath;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts all paths on the command line; see {@link UserPath}. */
public final class PathConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        try {
            return UserPath.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be a path: " + e.getReason());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Converts a set of images, which may be a path followed by a part: {@code ~/dataset:train}. */
    public static final class OfImageSet implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                return UserPath.expand(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
