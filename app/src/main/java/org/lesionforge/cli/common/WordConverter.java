package org.lesionforge.cli.common;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values that the library gives words of its own, which no name of an enum constant can be. */
public abstract class WordConverter<T> implements ITypeConverter<T> {
    private final Function<String, T> meaning;

    /** @param meaning throws IllegalArgumentException, saying which words there are */
    protected WordConverter(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    @Override
    public T convert(String word) {
        try {
            return meaning.apply(word);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
